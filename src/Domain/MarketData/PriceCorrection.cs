using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>A stored price that changed, and by whom: one for each change, never deleted.</summary>
public sealed class PriceCorrection
{
    private PriceCorrection() { }

    /// <summary>A change from one bar to another; null when there was, or is, none.</summary>
    public PriceCorrection(Id<Stock> stockId, DateOnly date, DailyValues? old, DailyValues? @new, string source, DateTimeOffset at)
    {
        (StockId, Date, Source, At) = (stockId, date, source, at);
        (OldOpen, OldHigh, OldLow, OldClose, OldVolume) = (old?.Open, old?.High, old?.Low, old?.Close, old?.Volume);
        (NewOpen, NewHigh, NewLow, NewClose, NewVolume) = (@new?.Open, @new?.High, @new?.Low, @new?.Close, @new?.Volume);
    }

    /// <summary>Order of the changes, given by the database.</summary>
    public long Sequence { get; private set; }

    /// <summary>The stock.</summary>
    public Id<Stock> StockId { get; private set; }

    /// <summary>The session.</summary>
    public DateOnly Date { get; private set; }

    /// <summary>When it changed.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Open before; null, as all old values, when there was no price.</summary>
    public decimal? OldOpen { get; private set; }

    /// <summary>High before.</summary>
    public decimal? OldHigh { get; private set; }

    /// <summary>Low before.</summary>
    public decimal? OldLow { get; private set; }

    /// <summary>Close before.</summary>
    public decimal? OldClose { get; private set; }

    /// <summary>Volume before.</summary>
    public decimal? OldVolume { get; private set; }

    /// <summary>Open after; null, as all new values, when there is no price any more.</summary>
    public decimal? NewOpen { get; private set; }

    /// <summary>High after.</summary>
    public decimal? NewHigh { get; private set; }

    /// <summary>Low after.</summary>
    public decimal? NewLow { get; private set; }

    /// <summary>Close after.</summary>
    public decimal? NewClose { get; private set; }

    /// <summary>Volume after.</summary>
    public decimal? NewVolume { get; private set; }

    /// <summary>What changed it, one of <see cref="PriceSources"/>.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Who changed it, a <see cref="Access.Caller.Key"/>; null for the provider and for checks.</summary>
    public string? By { get; private set; }

    /// <summary>Why; null for the provider.</summary>
    public string? Reason { get; private set; }

    /// <summary>Names the person behind it.</summary>
    public PriceCorrection Signed(string? by, string? reason)
    {
        (By, Reason) = (by, reason);
        return this;
    }
}

/// <summary>What changes a stored price.</summary>
public static class PriceSources
{
    /// <summary>The provider told another value.</summary>
    public const string Provider = "provider";

    /// <summary>An operator set or withdrew a price.</summary>
    public const string Manual = "manual";

    /// <summary>An operator released a row that was held.</summary>
    public const string Release = "release";

    /// <summary>The checks held a price, or let it go.</summary>
    public const string Checks = "checks";
}

/// <summary>The values of a session.</summary>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares traded.</param>
public sealed record DailyValues(decimal Open, decimal High, decimal Low, decimal Close, decimal Volume)
{
    /// <summary>Those of a stored price.</summary>
    public static DailyValues Of(DailyPrice price) => new(price.Open, price.High, price.Low, price.Close, price.Volume);

    /// <summary>The price of a stock and day with these values.</summary>
    public DailyPrice For(Id<Stock> stockId, DateOnly date) => new(stockId, date, Open, High, Low, Close, Volume);
}
