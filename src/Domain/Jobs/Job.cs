namespace CleanPortfolio.Domain.Jobs;

/// <summary>
/// A long-running piece of work: a list of items, each done once and each with its own outcome. The status follows from the items;
/// running the work twice, or resuming it after a crash, changes nothing that is done.
/// </summary>
public sealed class Job
{
    private readonly List<JobItem> _items = [];

    private Job() { }

    /// <summary>A population of market data asked for at <paramref name="now"/>.</summary>
    /// <param name="kind">What its items are.</param>
    /// <param name="from">First day of the data asked for.</param>
    /// <param name="to">Last day of the data asked for.</param>
    /// <param name="items">The items, in the order of work.</param>
    /// <param name="now">The instant of asking.</param>
    /// <param name="refresh">Asks again for what is stored for good too.</param>
    public Job(JobKind kind, DateOnly from, DateOnly to, IEnumerable<PlannedItem> items, DateTimeOffset now, bool refresh = false)
    {
        Id = Id<Job>.New(now);
        (Kind, From, To, CreatedAt, AskedAt) = (kind, from, to, now, now);
        _items.AddRange(items.Select((item, position) => new JobItem(Id, item, position, refresh)));
    }

    /// <summary>Identity.</summary>
    public Id<Job> Id { get; private set; }

    /// <summary>What it does.</summary>
    public JobKind Kind { get; private set; }

    /// <summary>First day of the data asked for.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day of the data asked for.</summary>
    public DateOnly To { get; private set; }

    /// <summary>Where it stands.</summary>
    public JobStatus Status { get; private set; }

    /// <summary>Someone asked to stop; the item in hand is finished first.</summary>
    public bool CancelRequested { get; private set; }

    /// <summary>Instant of asking.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Instant of asking, or of the last retry: what the provider has answered since then, to any job, is not asked again.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Instant of the first start.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Instant of the last end; null while it is not over.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>While waiting for the provider's rate limit: when work goes on.</summary>
    public DateTimeOffset? ResumesAt { get; private set; }

    /// <summary>The items, those that were loaded.</summary>
    public IReadOnlyList<JobItem> Items => _items;

    /// <summary>Over, one way or the other.</summary>
    public bool IsOver => Status is JobStatus.Succeeded or JobStatus.PartiallySucceeded or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>Work begins, or goes on after a wait or a crash.</summary>
    public void Run(DateTimeOffset now)
    {
        Status = JobStatus.Running;
        StartedAt ??= now;
        (FinishedAt, ResumesAt) = (null, null);
    }

    /// <summary>The provider's rate limit is used up until <paramref name="until"/>.</summary>
    public void WaitForRateLimit(DateTimeOffset until) => (Status, ResumesAt) = (JobStatus.WaitingForRateLimit, until);

    /// <summary>No item is left to do: the outcome follows from how many succeeded, partly or wholly.</summary>
    public void Finish(int succeeded, int partly, int failed, DateTimeOffset now)
    {
        Status =
            partly == 0 && failed == 0 ? JobStatus.Succeeded
            : succeeded + partly > 0 ? JobStatus.PartiallySucceeded
            : JobStatus.Failed;
        (FinishedAt, ResumesAt) = (now, null);
    }

    /// <summary>Asks to stop. A job that has not begun is over at once.</summary>
    /// <exception cref="RuleBroken"><c>job.over</c>.</exception>
    public void Cancel(DateTimeOffset now)
    {
        if (IsOver)
            throw new RuleBroken("job.over", $"The job is {Status} already.");
        CancelRequested = true;
        if (Status is JobStatus.Queued)
            Stop(now);
    }

    /// <summary>Stopped on request; what is done stays done.</summary>
    public void Stop(DateTimeOffset now) => (Status, FinishedAt, ResumesAt) = (JobStatus.Cancelled, now, null);

    /// <summary>Given up after too many crashes; what is done stays done.</summary>
    public void GiveUp(DateTimeOffset now) => (Status, FinishedAt, ResumesAt) = (JobStatus.Failed, now, null);

    /// <summary>Queues again what is over; the caller resets the items that are to be tried anew.</summary>
    /// <exception cref="RuleBroken"><c>job.notOver</c>.</exception>
    public void Retry(DateTimeOffset now)
    {
        if (!IsOver)
            throw new RuleBroken("job.notOver", $"The job is {Status}; only a finished one can be retried.");
        (Status, CancelRequested, FinishedAt, AskedAt) = (JobStatus.Queued, false, null, now);
    }
}

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Listing, prices, splits and dividends of named tickers, and rates of named pairs.</summary>
    StockPopulation,

    /// <summary>The same of the whole market, session by session.</summary>
    MarketPopulation,

    /// <summary>All listings, active and not.</summary>
    Universe,

    /// <summary>Splits and dividends.</summary>
    Actions,

    /// <summary>Days that are missing.</summary>
    Repair,
}

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>In hand.</summary>
    Running,

    /// <summary>Waits for the provider's rate limit.</summary>
    WaitingForRateLimit,

    /// <summary>Every item succeeded.</summary>
    Succeeded,

    /// <summary>Some items failed, wholly or in part.</summary>
    PartiallySucceeded,

    /// <summary>Every item failed.</summary>
    Failed,

    /// <summary>Stopped on request.</summary>
    Cancelled,
}
