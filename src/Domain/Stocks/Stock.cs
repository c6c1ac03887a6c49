namespace CleanPortfolio.Domain.Stocks;

/// <summary>
/// A listed security. Its own id outlives its ticker: a ticker can be renamed, and given to another company after a delisting.
/// </summary>
public sealed class Stock
{
    private readonly List<Symbol> _symbols = [];

    private Stock() { }

    /// <summary>A stock first heard of at <paramref name="now"/>; what the provider knows of it follows by <see cref="Describe"/>.</summary>
    public Stock(string ticker, Currency currency, DateTimeOffset now)
    {
        Id = Id<Stock>.New(now);
        Ticker = ticker;
        Currency = currency;
        Active = true;
        _symbols.Add(new Symbol(Id, ticker, from: null, now));
    }

    /// <summary>Identity.</summary>
    public Id<Stock> Id { get; private set; }

    /// <summary>Symbol at its exchange, now or last; case matters (<c>KIMpL</c> is a preferred share).</summary>
    public string Ticker { get; private set; } = "";

    /// <summary>The tickers it bore and bears, oldest first, if they were loaded.</summary>
    public IReadOnlyList<Symbol> Symbols => _symbols;

    /// <summary>Name, null while the provider has no listing for a ticker that has prices.</summary>
    public string? Name { get; private set; }

    /// <summary>Market identifier code of the primary exchange (<c>XNAS</c>), if known.</summary>
    public string? Exchange { get; private set; }

    /// <summary>Currency of its prices.</summary>
    public Currency Currency { get; private set; }

    /// <summary>Provider's type code: <c>CS</c> common stock, <c>ETF</c>, <c>ADRC</c> and so on, if known.</summary>
    public string? Type { get; private set; }

    /// <summary>Composite FIGI, which survives renames, if known.</summary>
    public string? Figi { get; private set; }

    /// <summary>Still listed.</summary>
    public bool Active { get; private set; }

    /// <summary>First trading day, if known.</summary>
    public DateOnly? ListedOn { get; private set; }

    /// <summary>Day of delisting; set only when not <see cref="Active"/>.</summary>
    public DateOnly? DelistedOn { get; private set; }

    /// <summary>Day of the first crawl since which the provider lists it neither as active nor as delisted; null while it does.</summary>
    public DateOnly? AbsentSince { get; private set; }

    /// <summary>Words of its name, to be searched: see <see cref="SearchWords"/>.</summary>
    public string NameWords { get; private set; } = "";

    /// <summary>Takes over what the provider's listing says; its symbols must be loaded.</summary>
    /// <param name="listing">A listing of the ticker that it bears; see <see cref="Rename"/> for another one.</param>
    /// <param name="now">The instant.</param>
    /// <exception cref="RuleBroken"><c>stock.otherTicker</c>.</exception>
    public void Describe(Listing listing, DateTimeOffset now)
    {
        if (listing.Ticker != Ticker)
            throw new RuleBroken("stock.otherTicker", $"A listing of {listing.Ticker} does not describe {Ticker}.");
        Name = listing.Name ?? Name;
        NameWords = SearchWords.Of(Name);
        Exchange = listing.Exchange ?? Exchange;
        Currency = listing.Currency;
        Type = listing.Type ?? Type;
        Figi = listing.Figi ?? Figi;
        Active = listing.Active;
        ListedOn = listing.ListedOn ?? ListedOn;
        DelistedOn = listing.Active ? null : listing.DelistedOn ?? DelistedOn;
        AbsentSince = null;
        var present = Present(now);
        // The day of listing is that of the company: a symbol that came by a rename began later.
        var from = present.From ?? (_symbols.Count == 1 ? ListedOn : null);
        present.Last(from, Active ? null : DelistedOn ?? present.To);
    }

    /// <summary>
    /// It bears another ticker from <paramref name="day"/> on, which is known at <paramref name="now"/>. It stays the same stock, with one series
    /// of prices.
    /// </summary>
    /// <exception cref="RuleBroken"><c>stock.renamedTooEarly</c>: it did not bear its present ticker yet.</exception>
    public void Rename(string ticker, DateOnly day, DateTimeOffset now)
    {
        if (ticker == Ticker)
            return;
        var present = Present(now);
        if (present.From >= day)
            throw new RuleBroken(
                "stock.renamedTooEarly",
                $"{Ticker} can't become {ticker} on {day:yyyy-MM-dd}: it is {Ticker} since {present.From:yyyy-MM-dd}."
            );
        present.End(day.AddDays(-1));
        (Ticker, Active, DelistedOn) = (ticker, true, null);
        _symbols.Add(new Symbol(Id, ticker, day, now));
    }

    /// <summary>
    /// Its ticker passed to another company, which is known at <paramref name="now"/>; <paramref name="lastDay"/> is the last on which it bore it,
    /// if that is known.
    /// </summary>
    public void LoseTicker(DateOnly? lastDay, DateTimeOffset now)
    {
        (Active, DelistedOn) = (false, DelistedOn ?? lastDay);
        var present = Present(now);
        present.Last(present.From, DelistedOn ?? present.To);
    }

    internal void Drop(Symbol symbol) => _symbols.Remove(symbol);

    private Symbol Present(DateTimeOffset now)
    {
        if (_symbols.Where(symbol => symbol.Ticker == Ticker).MaxBy(symbol => symbol.To ?? DateOnly.MaxValue) is { } present)
            return present;
        _symbols.Add(new Symbol(Id, Ticker, from: null, now));
        return _symbols[^1];
    }
}

/// <summary>What a provider says of a ticker at one moment; null where it says nothing.</summary>
public sealed record Listing(
    string Ticker,
    string? Name,
    string? Exchange,
    Currency Currency,
    string? Type,
    string? Figi,
    bool Active,
    DateOnly? ListedOn,
    DateOnly? DelistedOn
)
{
    /// <summary>When the provider last changed it; of two listings of one ticker the newer counts.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
