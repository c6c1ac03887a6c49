using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Writes down where a job stands, each time in a unit of work of its own: fetching and storing report at the same time, and what is
/// written must be seen by others at once.
/// </summary>
internal sealed class JobProgress(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>The items that are to be done, in their order.</summary>
    public Task<List<JobItem>> Pending(Id<Job> jobId, CancellationToken cancellationToken) =>
        With(database =>
            database
                .JobItems.AsNoTracking()
                .Where(item => item.JobId == jobId && item.Status == ItemStatus.Pending)
                .OrderBy(item => item.Position)
                .ToListAsync(cancellationToken)
        );

    public Task<bool> IsCancelled(Id<Job> jobId, CancellationToken cancellationToken) =>
        With(database => database.Jobs.Where(job => job.Id == jobId).Select(job => job.CancelRequested).FirstAsync(cancellationToken));

    /// <summary>An item that is still to be done; null when it was done meanwhile.</summary>
    public Task<JobItem?> Find(Id<Job> jobId, string key, CancellationToken cancellationToken) =>
        With(database =>
            database
                .JobItems.AsNoTracking()
                .FirstOrDefaultAsync(item => item.JobId == jobId && item.Key == key && item.Status == ItemStatus.Pending, cancellationToken)
        );

    /// <summary>Writes down what came of an item, its calls, and what the provider need not be asked again: all in one transaction.</summary>
    public Task CheckOff(Id<Job> jobId, ItemOutcome outcome, CancellationToken cancellationToken) =>
        With(async database =>
        {
            var now = clock.GetUtcNow();
            var key = outcome.Item.Item.Key;
            var item = await database.JobItems.FirstAsync(item => item.JobId == jobId && item.Key == key, cancellationToken);
            if (outcome.Stored is { } stored)
                item.Succeed(stored.Rows, stored.Rejected, stored.NoData, now, stored.Note);
            else
                item.Fail(outcome.Refusal!.Reason, outcome.Refusal.Message, now);
            database.JobCalls.AddRange(
                outcome.Item.Calls.Select(call => new JobCall(jobId, key, call.At, call.Path, call.Status, call.Milliseconds))
            );
            await Forget(database, jobId, key, cancellationToken);
            // An answer that a killed process left behind is as old as its call.
            var asked = outcome.Item.Calls.Select(call => call.At).Append(outcome.Item.At).Min();
            foreach (var fetch in FetchesOf(outcome))
            {
                fetch.Answered(new FetchAnswer(asked, fetch.Rows, fetch.Outcome));
                await Remember(database, fetch, cancellationToken);
            }
            await database.SaveChanges(cancellationToken);
        });

    private static IEnumerable<Fetch> FetchesOf(ItemOutcome outcome) =>
        outcome.Stored?.Fetches ?? (Answer.OfRefusal(outcome.Item.Item, outcome.Refusal!.Reason, outcome.Item.At) is { } one ? [one] : []);

    private static async Task Forget(IDatabase database, Id<Job> jobId, string key, CancellationToken cancellationToken)
    {
        var paths = await database
            .KeptAnswers.Where(kept => kept.JobId == jobId && kept.ItemKey == key)
            .Select(kept => kept.Path)
            .ToListAsync(cancellationToken);
        // Known by their keys: the answers themselves need not be read.
        database.KeptAnswers.RemoveRange(paths.Select(path => new KeptAnswer(jobId, key, path, default, 0, "")));
    }

    private static async Task Remember(IDatabase database, Fetch fetch, CancellationToken cancellationToken)
    {
        var known = await database.Fetches.FindAsync([fetch.Kind, fetch.Key, fetch.From, fetch.To], cancellationToken);
        if (known is null)
            database.Fetches.Add(fetch);
        else
            known.Answered(new FetchAnswer(fetch.FetchedAt, fetch.Rows, fetch.Outcome));
    }

    public Task Waiting(Id<Job> jobId, DateTimeOffset until) => Change(jobId, job => job.WaitForRateLimit(until));

    public Task Resumed(Id<Job> jobId) => Change(jobId, job => job.Run(clock.GetUtcNow()));

    public Task Finish(Id<Job> jobId, bool cancelled, CancellationToken cancellationToken) =>
        With(async database =>
        {
            var job = await database.Jobs.FirstAsync(job => job.Id == jobId, cancellationToken);
            var counts = await JobCounts.Of(database, [jobId], cancellationToken);
            var (succeeded, partly, failed, pending) = counts[jobId];
            if (cancelled && pending > 0)
                job.Stop(clock.GetUtcNow());
            else
                job.Finish(succeeded, partly, failed, clock.GetUtcNow());
            await database.SaveChanges(cancellationToken);
            // A retry asks anew.
            await database.KeptAnswers.Where(kept => kept.JobId == jobId).ExecuteDeleteAsync(cancellationToken);
        });

    private Task Change(Id<Job> jobId, Action<Job> change) =>
        With(async database =>
        {
            var job = await database.Jobs.FirstAsync(job => job.Id == jobId, CancellationToken.None);
            if (!job.IsOver)
                change(job);
            await database.SaveChanges(CancellationToken.None);
        });

    private async Task With(Func<IDatabase, Task> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<IDatabase>());
    }

    private async Task<T> With<T>(Func<IDatabase, Task<T>> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IDatabase>());
    }
}
