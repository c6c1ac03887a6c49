using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using MediatR;

namespace CleanPortfolio.Application.Jobs;

/// <summary>Asks a job to stop after the item in hand; what is done stays done.</summary>
public sealed record CancelJob(Id<Job> JobId) : IRequest<JobDetails>;

internal sealed class CancelJobHandler(IDatabase database, JobReports reports, TimeProvider clock) : IRequestHandler<CancelJob, JobDetails>
{
    public async Task<JobDetails> Handle(CancelJob request, CancellationToken cancellationToken)
    {
        var job = await database.JobOf(request.JobId, cancellationToken);
        job.Cancel(clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        return await reports.Of(job, cancellationToken);
    }
}
