namespace CleanPortfolio.Domain.Jobs;

/// <summary>One thing a job has to do, and what came of it.</summary>
public sealed class JobItem
{
    private JobItem() { }

    internal JobItem(Id<Job> jobId, PlannedItem plan, int position, bool askAgain)
    {
        (JobId, Key, Position, AskAgain) = (jobId, plan.Key, position, askAgain);
        (Work, From, To, PlannedCalls, Tickers) = (plan.Work, plan.From, plan.To, plan.Calls, plan.Tickers?.ToList());
    }

    /// <summary>The job.</summary>
    public Id<Job> JobId { get; private set; }

    /// <summary>Its name, unique in the job: a ticker, a session (<c>2017-03-31</c>), <c>listings</c>, <c>splits</c>, <c>splits 1 of 2</c> and the like.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Order of work, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>What is to be done.</summary>
    public ItemWork Work { get; private set; }

    /// <summary>First day to ask for; null when there is no day to ask for.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>Last day to ask for.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>Of a batch: the tickers that are asked for together; else null.</summary>
    public IReadOnlyList<string>? Tickers { get; private set; }

    /// <summary>Calls at the provider that it was expected to cost when the job was planned.</summary>
    public int PlannedCalls { get; private set; }

    /// <summary>What is stored for good is asked again too: the job said so, or the item is tried anew.</summary>
    public bool AskAgain { get; private set; }

    /// <summary>What came of it.</summary>
    public ItemStatus Status { get; private set; }

    /// <summary>Why it did not succeed, one of <see cref="ItemReasons"/>; null when it did.</summary>
    public string? Reason { get; private set; }

    /// <summary>For people: what went wrong, or which rows were refused.</summary>
    public string? Detail { get; private set; }

    /// <summary>Rows that are in the database because of it and were not, or not so, before.</summary>
    public long RowsStored { get; private set; }

    /// <summary>Rows of the provider that were refused.</summary>
    public int RowsRejected { get; private set; }

    /// <summary>Instant of its end; null while pending.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Done: wholly, or in part when rows were refused or there was no price at all.</summary>
    /// <param name="rowsStored">Rows that are new or changed.</param>
    /// <param name="rejected">What is wrong with rows that were refused.</param>
    /// <param name="noData">There was no price at all.</param>
    /// <param name="now">The instant.</param>
    /// <param name="note">For people, when there is nothing worse to tell: why it cost no call.</param>
    public void Succeed(long rowsStored, IReadOnlyCollection<string> rejected, bool noData, DateTimeOffset now, string? note = null)
    {
        (RowsStored, RowsRejected, FinishedAt) = (rowsStored, rejected.Count, now);
        (Status, Reason, Detail) =
            rejected.Count > 0 ? (ItemStatus.PartiallySucceeded, ItemReasons.RowsRejected, string.Join("; ", rejected.Take(10)))
            : noData ? (ItemStatus.PartiallySucceeded, ItemReasons.NoData, "The provider has no price in the range.")
            : (ItemStatus.Succeeded, null, note);
    }

    /// <summary>Could not be done.</summary>
    public void Fail(string reason, string detail, DateTimeOffset now) =>
        (Status, Reason, Detail, FinishedAt) = (ItemStatus.Failed, reason, detail, now);

    /// <summary>To be done anew.</summary>
    public void Reset() =>
        (Status, Reason, Detail, RowsStored, RowsRejected, FinishedAt, AskAgain) = (ItemStatus.Pending, null, null, 0, 0, null, true);
}

/// <summary>What came of an item.</summary>
public enum ItemStatus
{
    /// <summary>Not done yet.</summary>
    Pending,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Done, but some rows were refused.</summary>
    PartiallySucceeded,

    /// <summary>Not done.</summary>
    Failed,
}

/// <summary>Stable codes of <see cref="JobItem.Reason"/>.</summary>
public static class ItemReasons
{
    /// <summary>The provider does not know the ticker, now or in the past.</summary>
    public const string UnknownSymbol = "unknownSymbol";

    /// <summary>The provider has no price in the range.</summary>
    public const string NoData = "noData";

    /// <summary>Some rows can't be true; the rest is stored.</summary>
    public const string RowsRejected = "rowsRejected";

    /// <summary>The key's plan does not include it.</summary>
    public const string NotEntitled = "notEntitled";

    /// <summary>The provider does not give out that day yet.</summary>
    public const string NotYetAvailable = "notYetAvailable";

    /// <summary>The provider refused call after call for the rate limit.</summary>
    public const string RateLimited = "rateLimited";

    /// <summary>The provider did not answer, or not sensibly, after several attempts.</summary>
    public const string ProviderUnavailable = "providerUnavailable";

    /// <summary>The database refused the data.</summary>
    public const string NotStorable = "notStorable";
}

/// <summary>An answer of the provider that is kept until its item is checked off, so that a killed process need not ask again.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ItemKey">The item.</param>
/// <param name="Path">Path and query, never the key.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Milliseconds">Until the answer's headers.</param>
/// <param name="Body">The answer.</param>
public sealed record KeptAnswer(Id<Job> JobId, string ItemKey, string Path, DateTimeOffset At, int Milliseconds, string Body);

/// <summary>One HTTP call that an item cost.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ItemKey">The item.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Path">Path and query, never the key.</param>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Milliseconds">Until the answer's headers.</param>
public sealed record JobCall(Id<Job> JobId, string ItemKey, DateTimeOffset At, string Path, int? Status, int Milliseconds)
{
    /// <summary>Order of recording, given by the database.</summary>
    public long Sequence { get; private set; }
}
