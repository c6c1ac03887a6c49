using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Domain.Stocks;

/// <summary>
/// One session's prices of a stock as traded (never adjusted for later splits), in the stock's currency, at most 8 decimals.
/// </summary>
/// <param name="StockId">The stock.</param>
/// <param name="Date">Date of the session in the zone of the exchange.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares traded; fractional since 2026-02-23, may be 0.</param>
public sealed record DailyPrice(Id<Stock> StockId, DateOnly Date, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>A session's prices, of a stock that the context tells.</summary>
/// <param name="Date">Date of the session in the zone of the exchange.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares traded; may be fractional, may be 0.</param>
public readonly record struct Bar(DateOnly Date, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume)
{
    /// <summary>Decimals that a price may have.</summary>
    public const int PriceDecimals = 8;

    /// <summary>Greatest price that can be kept.</summary>
    public const decimal GreatestPrice = 10_000_000_000m;

    /// <summary>Greatest volume that can be true: far more shares than any company has.</summary>
    public const decimal GreatestVolume = 1_000_000_000_000_000m;

    /// <summary>Why this can't be a session's true prices, for people; null when it can.</summary>
    public string? Implausible() => Fault()?.Text;

    /// <summary>Why this can't be a session's true prices; null when it can.</summary>
    public RowFault? Fault() =>
        this switch
        {
            { Open: < 0 } or { High: < 0 } or { Low: < 0 } or { Close: < 0 } => new(
                RowReasons.NegativePrice,
                "a price is negative, not positive"
            ),
            { Open: 0 } or { High: 0 } or { Low: 0 } or { Close: 0 } => new(RowReasons.ZeroPrice, "a price is zero, not positive"),
            { Open: > GreatestPrice } or { High: > GreatestPrice } or { Low: > GreatestPrice } or { Close: > GreatestPrice } => new(
                RowReasons.BeyondRange,
                "a price is beyond 10 000 000 000"
            ),
            { Volume: < 0 } => new(RowReasons.NegativeVolume, "the volume is negative"),
            { Volume: > GreatestVolume } => new(RowReasons.BeyondRange, "the volume is beyond 1 000 000 000 000 000"),
            var b when b.High < Math.Max(b.Open, b.Close) => new(RowReasons.HighBelowLow, "the high is below the open or the close"),
            var b when b.Low > Math.Min(b.Open, b.Close) => new(RowReasons.HighBelowLow, "the low is above the open or the close"),
            _ => null,
        };
}
