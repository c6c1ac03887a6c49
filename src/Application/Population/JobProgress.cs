using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Writes down where a job stands, each time in a unit of work of its own: fetching and storing report at the same time, and what is
/// written must be seen by others at once.
/// </summary>
internal sealed class JobProgress(IServiceScopeFactory scopes, TimeProvider clock)
{
    public Task<IReadOnlyList<string>> Pending(Id<Job> jobId, CancellationToken cancellationToken) =>
        With<IReadOnlyList<string>>(async database =>
            await database
                .JobItems.Where(item => item.JobId == jobId && item.Status == ItemStatus.Pending)
                .OrderBy(item => item.Position)
                .Select(item => item.Key)
                .ToListAsync(cancellationToken)
        );

    public Task<bool> IsCancelled(Id<Job> jobId, CancellationToken cancellationToken) =>
        With(database => database.Jobs.Where(job => job.Id == jobId).Select(job => job.CancelRequested).FirstAsync(cancellationToken));

    public Task CheckOff(Id<Job> jobId, ItemOutcome outcome, CancellationToken cancellationToken) =>
        With(async database =>
        {
            var now = clock.GetUtcNow();
            var item = await database.JobItems.FirstAsync(item => item.JobId == jobId && item.Key == outcome.Item.Key, cancellationToken);
            if (outcome.Stored is { } stored)
                item.Succeed(stored.Rows, stored.Rejected, stored.NoData, now);
            else
                item.Fail(outcome.Refusal!.Reason, outcome.Refusal.Message, now);
            database.JobCalls.AddRange(
                outcome.Item.Calls.Select(call => new JobCall(jobId, item.Key, call.At, call.Path, call.Status, call.Milliseconds))
            );
            await database.SaveChanges(cancellationToken);
        });

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
