using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>
/// Queues a job again, for its items that did not wholly succeed: a finished one, or one that nobody works on any more, because its entry
/// in the queue was lost.
/// </summary>
public sealed record RetryJob(Id<Job> JobId) : IRequest<JobDetails>;

internal sealed class RetryJobHandler(IDatabase database, IJobs jobs, IWorkClaims claims, JobReports reports, TimeProvider clock)
    : IRequestHandler<RetryJob, JobDetails>
{
    // Longer than the queue takes to give the work of a killed process to another one.
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(2);

    public async Task<JobDetails> Handle(RetryJob request, CancellationToken cancellationToken)
    {
        var job = await database.JobOf(request.JobId, cancellationToken);
        var now = clock.GetUtcNow();
        job.Retry(now, isLost: await IsLost(job, now, cancellationToken));
        var again = await database
            .JobItems.Where(item => item.JobId == job.Id && item.Status != ItemStatus.Succeeded && item.Status != ItemStatus.Pending)
            .ToListAsync(cancellationToken);
        again.ForEach(item => item.Reset());
        try
        {
            await jobs.SaveAndEnqueue(Populate.Of(job, again.Count), cancellationToken);
        }
        catch (Conflict e) when (e.Code == Conflict.ConcurrentChange)
        {
            throw new RuleBroken("job.notOver", "Somebody else retried the job in the same moment.");
        }
        return await reports.Of(job, cancellationToken);
    }

    private async Task<bool> IsLost(Job job, DateTimeOffset now, CancellationToken cancellationToken) =>
        !job.IsOver && now - job.AskedAt > LostAfter && !await claims.IsTaken(Populate.UnitOf(job.Id), cancellationToken);
}
