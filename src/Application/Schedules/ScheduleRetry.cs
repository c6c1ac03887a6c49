using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Schedules;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Schedules;

/// <summary>Takes up a run of the same business date again, for what the provider did not give at the time.</summary>
internal sealed class ScheduleRetry(IDatabase database, IJobs jobs, TimeProvider clock)
{
    private static readonly string[] Passing = [ItemReasons.NotYetAvailable, ItemReasons.ProviderUnavailable, ItemReasons.RateLimited];

    /// <summary>Queues the run's job again for items that failed for a reason that passes; a job that is not over goes on by itself.</summary>
    public async Task WhatIsOutNow(ScheduleRun run, CancellationToken cancellationToken)
    {
        if (await database.Jobs.FirstOrDefaultAsync(job => job.Id == run.JobId, cancellationToken) is not { IsOver: true } job)
            return;
        var again = await database
            .JobItems.Where(item => item.JobId == job.Id && item.Status == ItemStatus.Failed && Passing.Contains(item.Reason))
            .ToListAsync(cancellationToken);
        if (again.Count == 0 || job.Status is JobStatus.Cancelled)
            return;
        job.Retry(clock.GetUtcNow());
        again.ForEach(item => item.Reset());
        await jobs.SaveAndEnqueue(Populate.Of(job, again.Count), cancellationToken);
    }
}
