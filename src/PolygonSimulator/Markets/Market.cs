namespace CleanPortfolio.PolygonSimulator.Markets;

/// <summary>Everything the simulator knows, past and future; the simulated clock decides how much of it is told.</summary>
internal sealed class Market
{
    readonly Dictionary<string, Stock> byTicker;

    public Market(IEnumerable<Stock> stocks, bool isInvented)
    {
        Stocks = [.. stocks.OrderBy(stock => stock.Ticker, StringComparer.Ordinal)];
        byTicker = Stocks.ToDictionary(stock => stock.Ticker, StringComparer.Ordinal);
        IsInvented = isInvented;
        var traded = Stocks.Where(stock => stock.Bars.Length > 0).ToArray();
        LastDay = traded.Length == 0 ? null : DateOnly.FromDayNumber(traded.Max(stock => stock.Bars[^1].Day));
    }

    /// <summary>In ordinal order of tickers.</summary>
    public IReadOnlyList<Stock> Stocks { get; }

    /// <summary>Invented bars carry the optional average price and trade count; files do not have them.</summary>
    public bool IsInvented { get; }

    public DateOnly? LastDay { get; }

    /// <summary>Case-sensitive, as the provider is.</summary>
    public Stock? Find(string ticker) => byTicker.GetValueOrDefault(ticker);
}
