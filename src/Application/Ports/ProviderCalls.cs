using System.Collections.Concurrent;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Application.Ports;

/// <summary>One HTTP attempt at the provider.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Path">Path and query, never the key.</param>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Milliseconds">Until the answer's headers.</param>
public sealed record ProviderCall(DateTimeOffset At, string Path, int? Status, int Milliseconds);

/// <summary>An item of a job, since the job was asked for or retried.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Key">The item.</param>
/// <param name="AskedAt">Answers that were kept before count no more.</param>
public sealed record WorkItem(Id<Job> JobId, string Key, DateTimeOffset AskedAt);

/// <summary>
/// Listens to the calls that <see cref="IMarketData"/> makes on behalf of one piece of work. It flows with the asynchronous context,
/// so that the port needs no parameter for it.
/// </summary>
/// <param name="waiting">Told when a call has to wait longer than a second, and until when; again when that changes.</param>
/// <param name="resumed">Told after such a wait.</param>
/// <param name="cancelled">Asked about once a second during a wait: whether the work is to be stopped. Null is never.</param>
public sealed class ProviderCalls(
    Func<DateTimeOffset, Task> waiting,
    Func<Task> resumed,
    Func<CancellationToken, Task<bool>>? cancelled = null
)
{
    private static readonly AsyncLocal<ProviderCalls?> Ambient = new();
    private readonly ConcurrentQueue<ProviderCall> _made = new();

    /// <summary>The listener of the running work, if any.</summary>
    public static ProviderCalls? Current => Ambient.Value;

    /// <summary>The item of a job that the calls are made for; its answers are kept until it is checked off. Null: they are not.</summary>
    public WorkItem? Item { get; init; }

    /// <summary>The attempts so far, in order.</summary>
    public IReadOnlyCollection<ProviderCall> Made => _made;

    /// <summary>Runs <paramref name="work"/> with this listener.</summary>
    public async Task<T> Listen<T>(Func<Task<T>> work)
    {
        Ambient.Value = this;
        return await work();
    }

    /// <summary>An attempt was made.</summary>
    public void Add(ProviderCall call) => _made.Enqueue(call);

    /// <summary>No call may be made until the given instant.</summary>
    public Task Waiting(DateTimeOffset until) => waiting(until);

    /// <summary>Work goes on after a wait.</summary>
    public Task Resumed() => resumed();

    /// <summary>Asks whether the work was cancelled meanwhile.</summary>
    /// <exception cref="WorkCancelled">It was.</exception>
    public async Task StopIfCancelled(CancellationToken cancellationToken)
    {
        if (cancelled is not null && await cancelled(cancellationToken))
            throw new WorkCancelled();
    }
}

/// <summary>The work that a call was to be made for was cancelled while the call waited; the call was not made.</summary>
public sealed class WorkCancelled() : Exception("The work was cancelled while it waited for the provider.");
