using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Population;

/// <summary>The stocks that some listings may be about, with their symbols.</summary>
internal sealed class KnownStocks
{
    private readonly Dictionary<string, List<Stock>> _byFigi = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Stock>> _byTicker = new(StringComparer.Ordinal);
    private readonly Rules _rules;

    public KnownStocks(IEnumerable<Stock> known, Rules rules)
    {
        _rules = rules;
        foreach (var stock in known)
            Add(stock);
    }

    public void Add(Stock stock)
    {
        if (stock.Figi is { } figi)
            Under(_byFigi, figi, stock);
        Under(_byTicker, stock.Ticker, stock);
        foreach (var symbol in stock.Symbols)
            Under(_byTicker, symbol.Ticker, stock);
    }

    public Stock? Find(Listing listing)
    {
        if (listing.Figi is { } figi && _byFigi.GetValueOrDefault(figi) is { } same)
        {
            var own = same.Find(stock => stock.Ticker == listing.Ticker);
            if (own is not null || !_rules.Apart.Contains(figi))
                return own ?? same.Find(stock => stock.Active) ?? same[0];
        }
        var candidates = Same(listing.Ticker).FindAll(stock => listing.Figi is null || stock.Figi is null || stock.Figi == listing.Figi);
        var active = candidates.Find(stock => stock.Active);
        if (listing.Active)
            return active;
        var delisted = candidates.Find(stock => !stock.Active && (stock.DelistedOn is null || stock.DelistedOn == listing.DelistedOn));
        // The active stock is the one delisted now, unless its ticker is still active or it was listed after that day.
        var justDelisted = !_rules.ActiveTickers.Contains(listing.Ticker) && !(active?.ListedOn > listing.DelistedOn) ? active : null;
        return delisted ?? justDelisted;
    }

    /// <summary>A delisted row of a ticker that the company only bore before tells nothing of the company: it goes on under another one.</summary>
    public bool IsOfThePast(Listing listing, Stock stock) =>
        !listing.Active
        && stock.Ticker != listing.Ticker
        && (_rules.ActiveFigis.Contains(listing.Figi ?? "") || stock.Symbols.Any(symbol => symbol.Ticker == listing.Ticker));

    /// <summary>The active stock of a ticker.</summary>
    public Stock? Bearer(string ticker) => Same(ticker).Find(stock => stock.Active);

    /// <summary>Lets the bearers of every ticker follow each other.</summary>
    public void Settle()
    {
        foreach (var (ticker, stocks) in _byTicker)
            if (stocks.Count > 1)
                Bearers.Settle(ticker, stocks);
    }

    // A stock that has another ticker by now is kept under the old one too.
    private List<Stock> Same(string ticker) => _byTicker.GetValueOrDefault(ticker)?.FindAll(stock => stock.Ticker == ticker) ?? [];

    private static void Under(Dictionary<string, List<Stock>> stocks, string key, Stock stock)
    {
        if (!stocks.TryGetValue(key, out var same))
            stocks[key] = same = [];
        if (!same.Contains(stock))
            same.Add(stock);
    }

    /// <summary>What all listings of a crawl say together.</summary>
    internal sealed class Rules(IReadOnlyList<Listing> listings, IEnumerable<string> apart)
    {
        public HashSet<string> Apart { get; } = apart.ToHashSet(StringComparer.Ordinal);

        public HashSet<string> ActiveTickers { get; } =
            listings.Where(listing => listing.Active).Select(listing => listing.Ticker).ToHashSet(StringComparer.Ordinal);

        public HashSet<string> ActiveFigis { get; } =
            listings.Where(listing => listing.Active).Select(listing => listing.Figi).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }
}
