namespace CleanPortfolio.PolygonSimulator.Markets;

/// <summary>Everything the simulator knows, past and future; the simulated clock decides how much of it is told.</summary>
internal sealed class Market
{
    readonly Dictionary<string, Stock> byTicker;

    readonly Func<string, Stock?> findPair;

    /// <param name="stocks">All symbols.</param>
    /// <param name="findPair">Answers pairs of currencies by ticker.</param>
    /// <param name="isInvented">Whether they are made up.</param>
    public Market(IEnumerable<Stock> stocks, Func<string, Stock?> findPair, bool isInvented)
    {
        this.findPair = findPair;
        Stocks = [.. stocks.OrderBy(stock => stock.Ticker, StringComparer.Ordinal)];
        byTicker = Stocks.ToDictionary(stock => stock.Ticker, StringComparer.Ordinal);
        IsInvented = isInvented;
        var traded = Stocks.Where(stock => stock.Bars.Length > 0).ToArray();
        LastDay = traded.Length == 0 ? null : DateOnly.FromDayNumber(traded.Max(stock => stock.Bars[^1].Day));
    }

    /// <summary>In ordinal order of tickers; pairs of currencies are not among them.</summary>
    public IReadOnlyList<Stock> Stocks { get; }

    /// <summary>Invented bars carry the optional average price and trade count; files do not have them.</summary>
    public bool IsInvented { get; }

    public DateOnly? LastDay { get; }

    /// <summary>Case-sensitive, as the provider is.</summary>
    public Stock? Find(string ticker) =>
        byTicker.GetValueOrDefault(ticker) ?? (ticker.StartsWith(CurrencyPair.Prefix, StringComparison.Ordinal) ? findPair(ticker) : null);
}
