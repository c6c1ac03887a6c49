using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>Tells how jobs stand.</summary>
internal sealed class JobReports(IDatabase database, IProviderBudget budget, TimeProvider clock)
{
    private static readonly JobStatus[] Over = [JobStatus.Succeeded, JobStatus.PartiallySucceeded, JobStatus.Failed, JobStatus.Cancelled];

    public async Task<JobDetails> Of(Job job, CancellationToken cancellationToken) => (await Of([job], cancellationToken))[0];

    public async Task<List<JobDetails>> Of(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var ids = jobs.Select(job => job.Id).ToList();
        var counts = await JobCounts.Of(database, ids, cancellationToken);
        var planned = await Planned(ids, cancellationToken);
        var made = await database
            .JobCalls.Where(call => ids.Contains(call.JobId))
            .GroupBy(call => call.JobId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var state = jobs.Any(job => !job.IsOver) ? await budget.State(cancellationToken) : null;
        var left = state is null ? [] : await Left(cancellationToken);
        var now = clock.GetUtcNow();
        return
        [
            .. jobs.Select(job =>
                JobDetails.Of(
                    job,
                    counts[job.Id],
                    new JobCallCounts(planned.GetValueOrDefault(job.Id), made.GetValueOrDefault(job.Id)),
                    job.IsOver || state is null ? null : BudgetReport.Of(state),
                    job.IsOver || state is null ? null : EtaOf(job, counts[job.Id], left, state, now)
                )
            ),
        ];
    }

    private Task<Dictionary<Id<Job>, int>> Planned(List<Id<Job>> ids, CancellationToken cancellationToken) =>
        database
            .JobItems.Where(item => ids.Contains(item.JobId))
            .GroupBy(item => item.JobId)
            .Select(group => new { group.Key, Calls = group.Sum(item => item.PlannedCalls) })
            .ToDictionaryAsync(group => group.Key, group => group.Calls, cancellationToken);

    // Calls that are still to be made, of every job that is not over.
    private Task<Dictionary<Id<Job>, int>> Left(CancellationToken cancellationToken) =>
        database
            .Jobs.Where(job => !Over.Contains(job.Status))
            .Join(
                database.JobItems.Where(item => item.Status == ItemStatus.Pending),
                job => job.Id,
                item => item.JobId,
                (job, item) => new { job.Id, item.PlannedCalls }
            )
            .GroupBy(row => row.Id)
            .Select(group => new { group.Key, Calls = group.Sum(row => row.PlannedCalls) })
            .ToDictionaryAsync(group => group.Key, group => group.Calls, cancellationToken);

    // Jobs take turns: until this one is over, each other one makes as many calls, or those that it has.
    private static DateTimeOffset? EtaOf(Job job, JobCounts counts, Dictionary<Id<Job>, int> left, BudgetState state, DateTimeOffset now)
    {
        var own = left.GetValueOrDefault(job.Id);
        if (own > 0 && state.CallsPerWindow is not null)
            return now + state.DurationOf(left.Values.Sum(others => Math.Min(others, own)));
        if (job.StartedAt is not { } started || counts.Done() == 0)
            return null;
        var rest = (now - started) / counts.Done() * counts.Pending;
        return (job.ResumesAt > now ? job.ResumesAt.Value : now) + rest;
    }
}
