using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>A row of the provider that can't be true, or can't be placed. It is kept as it was told until it is decided what becomes of it.</summary>
public sealed class QuarantinedRow
{
    private QuarantinedRow() { }

    /// <summary>A row refused at <paramref name="now"/>.</summary>
    public QuarantinedRow(
        RowKind kind,
        string? ticker,
        Id<Stock>? stockId,
        DateOnly? date,
        RowFault fault,
        string content,
        DateTimeOffset now
    )
    {
        Id = Id<QuarantinedRow>.New(now);
        (Kind, Ticker, StockId, Date, Content) = (kind, ticker, stockId, date, content);
        (Reason, Detail) = (fault.Code, fault.Text);
        (FirstSeenAt, LastSeenAt, TimesSeen) = (now, now, 1);
        Status = QuarantineStatus.Held;
    }

    /// <summary>Identity.</summary>
    public Id<QuarantinedRow> Id { get; private set; }

    /// <summary>What it is a row of.</summary>
    public RowKind Kind { get; private set; }

    /// <summary>Whose it is, as told; null when that can't be read.</summary>
    public string? Ticker { get; private set; }

    /// <summary>Whose it is, if a stock bore the ticker that day.</summary>
    public Id<Stock>? StockId { get; private set; }

    /// <summary>Its day; null when that can't be read.</summary>
    public DateOnly? Date { get; private set; }

    /// <summary>Why, one of <see cref="RowReasons"/>.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>For people: what is wrong.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>Its values as they were told, as JSON: numbers in quotes, or whatever stood there instead.</summary>
    public string Content { get; private set; } = "{}";

    /// <summary>When it was first told.</summary>
    public DateTimeOffset FirstSeenAt { get; private set; }

    /// <summary>When it was last told.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>How often it was told, at least 1.</summary>
    public int TimesSeen { get; private set; }

    /// <summary>What became of it.</summary>
    public QuarantineStatus Status { get; private set; }

    /// <summary>When that was decided.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Who decided it, a <see cref="Access.Caller.Key"/>; null when nobody had to.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Why it was decided so.</summary>
    public string? DecisionReason { get; private set; }

    /// <summary>An operator's decision.</summary>
    /// <exception cref="RuleBroken"><c>quarantine.notHeld</c>: it is not held any more.</exception>
    public void Decide(QuarantineStatus status, string by, string reason, DateTimeOffset now)
    {
        if (Status is not QuarantineStatus.Held)
            throw new RuleBroken("quarantine.notHeld", $"The row is not held any more, it is {Status}.");
        (Status, DecidedBy, DecisionReason, DecidedAt) = (status, by, reason, now);
    }

    /// <summary>A row that followed confirmed it: it needs nobody's decision.</summary>
    public void ReleaseByItself(DateTimeOffset now) => (Status, DecidedAt) = (QuarantineStatus.Released, now);

    /// <summary>Refused again, after something else was known.</summary>
    public void HoldAgain(DateTimeOffset now) =>
        (Status, LastSeenAt, DecidedAt, DecidedBy, DecisionReason) = (QuarantineStatus.Held, now, null, null, null);
}

/// <summary>What a row of the provider is about.</summary>
public enum RowKind
{
    /// <summary>A session's prices.</summary>
    Bar,

    /// <summary>A split.</summary>
    Split,

    /// <summary>A dividend.</summary>
    Dividend,

    /// <summary>A listing.</summary>
    Listing,

    /// <summary>An exchange rate.</summary>
    Rate,
}

/// <summary>What became of a quarantined row.</summary>
public enum QuarantineStatus
{
    /// <summary>Nothing yet: it is kept out.</summary>
    Held,

    /// <summary>It went in after all.</summary>
    Released,

    /// <summary>Other values went in instead.</summary>
    Overridden,

    /// <summary>It stays out.</summary>
    Dismissed,

    /// <summary>The provider told a good one later.</summary>
    Superseded,
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Code">One of <see cref="RowReasons"/>.</param>
/// <param name="Text">For people.</param>
public readonly record struct RowFault(string Code, string Text);

/// <summary>Stable codes of what can be wrong with a row.</summary>
public static class RowReasons
{
    /// <summary>A price is below 0.</summary>
    public const string NegativePrice = "negativePrice";

    /// <summary>A price is 0.</summary>
    public const string ZeroPrice = "zeroPrice";

    /// <summary>The high is below, or the low above, another price of the day.</summary>
    public const string HighBelowLow = "highBelowLow";

    /// <summary>A number is missing, or something else stands in its place.</summary>
    public const string NotANumber = "notANumber";

    /// <summary>The volume is below 0.</summary>
    public const string NegativeVolume = "negativeVolume";

    /// <summary>A number is too large to be true.</summary>
    public const string BeyondRange = "beyondRange";

    /// <summary>The day has not come yet.</summary>
    public const string FutureDate = "futureDate";

    /// <summary>The day is outside of what was asked, or can't be read.</summary>
    public const string OutOfRange = "outOfRange";

    /// <summary>The ticker can't be read.</summary>
    public const string UnreadableTicker = "unreadableTicker";

    /// <summary>No stock bore the ticker that day.</summary>
    public const string UnknownSymbol = "unknownSymbol";

    /// <summary>A price leaps to more than fifty times those around it, or to less than a fiftieth.</summary>
    public const string Jump = "jump";

    /// <summary>A dividend without an amount that can be.</summary>
    public const string NoAmount = "noAmount";

    /// <summary>A currency that is none.</summary>
    public const string NoCurrency = "noCurrency";

    /// <summary>A ratio that is no split.</summary>
    public const string NoSplit = "noSplit";

    /// <summary>A dividend that equals another in all but the provider's id; a price or rate of a day that came before with other values.</summary>
    public const string Duplicate = "duplicate";
}
