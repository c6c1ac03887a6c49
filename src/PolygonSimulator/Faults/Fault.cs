using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.PolygonSimulator;

/// <summary>
/// Something that goes wrong on purpose. Without a matcher it meets every request its kind makes sense for.
/// </summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>
    /// Only this ticker, case-sensitive. Kinds that concern rows also meet requests for all tickers, such as grouped daily, and change that
    /// ticker's rows there; the others meet only requests that name the ticker.
    /// </summary>
    public string? Ticker { get; init; }

    /// <summary>Only requests whose path contains this text, for instance <c>/v3/reference/splits</c>.</summary>
    public string? Path { get; init; }

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>How many matching requests are hit after that; null is all of them.</summary>
    public int? Times { get; init; }

    /// <summary>Chance of a hit, 0 to 1, drawn by <see cref="Seed"/>; the same seed draws the same.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Seed of the draws, of the listings that <see cref="FaultKind.PartialCrawl"/> leaves out too; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Day of the bar (garbage, corrected, missing), split or dividend concerned; null is the first row of an answer for garbage and all
    /// rows otherwise. For a recycled ticker the first day of its present owner (required).
    /// </summary>
    public DateOnly? Date { get; init; }

    /// <summary>
    /// First simulated day on which the truth is told: for a late or changed dividend (null is never) and a corrected bar (null is two days
    /// after the bar's day).
    /// </summary>
    public DateOnly? Until { get; init; }

    /// <summary>Delay of <see cref="FaultKind.Slow"/> in milliseconds, default 1000.</summary>
    public int DelayMilliseconds { get; init; } = 1000;

    /// <summary>Value of the Retry-After header of <see cref="FaultKind.TooManyRequests"/>; null sends none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether <see cref="FaultKind.TooManyRequests"/> says nothing at all.</summary>
    public bool EmptyBody { get; init; }

    /// <summary>What <see cref="FaultKind.GarbageRow"/> breaks.</summary>
    public GarbageKind Garbage { get; init; }
}
