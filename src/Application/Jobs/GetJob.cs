using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>One job.</summary>
public sealed record GetJob(Id<Job> JobId) : IRequest<JobDetails>;

internal sealed class GetJobHandler(IDatabase database, JobReports reports) : IRequestHandler<GetJob, JobDetails>
{
    public async Task<JobDetails> Handle(GetJob request, CancellationToken cancellationToken)
    {
        var found = await database.Jobs.AsNoTracking().FirstOrDefaultAsync(job => job.Id == request.JobId, cancellationToken);
        var job = NotFound.Unless(found, "job", request.JobId);
        return await reports.Of(job, cancellationToken);
    }
}
