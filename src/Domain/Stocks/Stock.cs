namespace CleanPortfolio.Domain.Stocks;

/// <summary>
/// A listed security. Its own id outlives its ticker: a ticker can be renamed, and given to another company after a delisting.
/// </summary>
public sealed class Stock
{
    private Stock() { }

    /// <summary>A stock first heard of at <paramref name="now"/>; what the provider knows of it follows by <see cref="Describe"/>.</summary>
    public Stock(string ticker, Currency currency, DateTimeOffset now)
    {
        Id = Id<Stock>.New(now);
        Ticker = ticker;
        Currency = currency;
        Active = true;
    }

    /// <summary>Identity.</summary>
    public Id<Stock> Id { get; private set; }

    /// <summary>Symbol at its exchange; case matters (<c>KIMpL</c> is a preferred share).</summary>
    public string Ticker { get; private set; } = "";

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

    /// <summary>Takes over what the provider's listing says.</summary>
    public void Describe(Listing listing)
    {
        Ticker = listing.Ticker;
        Name = listing.Name ?? Name;
        Exchange = listing.Exchange ?? Exchange;
        Currency = listing.Currency;
        Type = listing.Type ?? Type;
        Figi = listing.Figi ?? Figi;
        Active = listing.Active;
        ListedOn = listing.ListedOn ?? ListedOn;
        DelistedOn = listing.Active ? null : listing.DelistedOn ?? DelistedOn;
    }

    /// <summary>Its ticker passed to another company on <paramref name="day"/>, if that is known.</summary>
    public void LoseTicker(DateOnly? day) => (Active, DelistedOn) = (false, DelistedOn ?? day);
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
);
