using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>
/// A split as the provider told it, and what was made of it. Only what is applied becomes a <see cref="Split"/>, which positions and prices
/// follow.
/// </summary>
public sealed class ReportedSplit
{
    private ReportedSplit() { }

    /// <summary>A split first told at <paramref name="now"/>; pending until it is judged.</summary>
    public ReportedSplit(Id<Stock> stockId, DateOnly executionDate, decimal from, decimal to, string? providerId, DateTimeOffset now)
    {
        Id = Id<ReportedSplit>.New(now);
        (StockId, ExecutionDate, From, To, ProviderId) = (stockId, executionDate, from, to, providerId);
        (FirstSeenAt, LastSeenAt) = (now, now);
        Verdict = SplitVerdict.Pending;
    }

    /// <summary>Identity.</summary>
    public Id<ReportedSplit> Id { get; private set; }

    /// <summary>The stock.</summary>
    public Id<Stock> StockId { get; private set; }

    /// <summary>First day in new shares, as told.</summary>
    public DateOnly ExecutionDate { get; private set; }

    /// <summary>Old shares, more than 0.</summary>
    public decimal From { get; private set; }

    /// <summary>New shares, more than 0.</summary>
    public decimal To { get; private set; }

    /// <summary>The provider's id of it, if it gave one.</summary>
    public string? ProviderId { get; private set; }

    /// <summary>When it was first told.</summary>
    public DateTimeOffset FirstSeenAt { get; private set; }

    /// <summary>When it was last told.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>What was made of it.</summary>
    public SplitVerdict Verdict { get; private set; }

    /// <summary>Why, one of <see cref="SplitReasons"/>; null when the prices moved as told.</summary>
    public string? Reason { get; private set; }

    /// <summary>What an operator decided; null when nobody did. It wins over every judgement.</summary>
    public SplitDecision? Decision { get; private set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Who decided, a <see cref="Access.Caller.Key"/>; null when nobody did.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Why it was decided so.</summary>
    public string? DecisionReason { get; private set; }

    /// <summary>Takes part in positions and adjusted prices.</summary>
    public bool IsApplied => Verdict is SplitVerdict.Applied or SplitVerdict.Pending;

    /// <summary>The split that it tells.</summary>
    public Split Told => new(StockId, ExecutionDate, From, To);

    /// <summary>Takes a judgement.</summary>
    public void Judge(SplitVerdict verdict, string? reason) => (Verdict, Reason) = (verdict, reason);

    /// <summary>An operator's word.</summary>
    public void Decide(SplitDecision decision, string by, string reason, DateTimeOffset now) =>
        (Decision, DecidedBy, DecisionReason, DecidedAt) = (decision, by, reason, now);
}

/// <summary>What is made of a reported split.</summary>
public enum SplitVerdict
{
    /// <summary>It is applied, confirmed by prices or too small to be seen in them.</summary>
    Applied,

    /// <summary>It is applied, and prices have neither confirmed nor contradicted it yet.</summary>
    Pending,

    /// <summary>It says the same as another one that is applied.</summary>
    Duplicate,

    /// <summary>It is not applied: another one or the prices contradict it.</summary>
    Conflict,
}

/// <summary>What an operator decides about a reported split.</summary>
public enum SplitDecision
{
    /// <summary>It is applied.</summary>
    Accepted,

    /// <summary>It is not applied.</summary>
    Rejected,
}

/// <summary>Stable codes of <see cref="ReportedSplit.Reason"/>.</summary>
public static class SplitReasons
{
    /// <summary>The same day and ratio were told before.</summary>
    public const string Same = "sameSplit";

    /// <summary>Another ratio of the same day is applied.</summary>
    public const string OtherRatio = "otherRatioThatDay";

    /// <summary>A like ratio within five sessions is applied: one split told twice.</summary>
    public const string Twice = "toldTwice";

    /// <summary>The day's prices stayed where they were.</summary>
    public const string NotInPrices = "notInPrices";

    /// <summary>There are no prices around the day, as before it comes.</summary>
    public const string NoPrices = "noPrices";

    /// <summary>The prices moved, but not by that ratio.</summary>
    public const string OtherMove = "otherMove";

    /// <summary>An operator decided so.</summary>
    public const string Decided = "decided";
}
