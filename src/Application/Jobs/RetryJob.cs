using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>Queues a finished job again, for its items that did not wholly succeed.</summary>
public sealed record RetryJob(Id<Job> JobId) : IRequest<JobDetails>;

internal sealed class RetryJobHandler(IDatabase database, IJobs jobs, TimeProvider clock) : IRequestHandler<RetryJob, JobDetails>
{
    public async Task<JobDetails> Handle(RetryJob request, CancellationToken cancellationToken)
    {
        var found = await database.Jobs.FirstOrDefaultAsync(job => job.Id == request.JobId, cancellationToken);
        var job = NotFound.Unless(found, "job", request.JobId);
        job.Retry(clock.GetUtcNow());
        var again = await database
            .JobItems.Where(item => item.JobId == job.Id && item.Status != ItemStatus.Succeeded)
            .ToListAsync(cancellationToken);
        again.ForEach(item => item.Reset());
        await jobs.SaveAndEnqueue(Populate.Of(job, again.Count), cancellationToken);
        var counts = await JobCounts.Of(database, [job.Id], cancellationToken);
        return JobDetails.Of(job, counts[job.Id], clock.GetUtcNow());
    }
}
