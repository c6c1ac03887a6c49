using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>Marks a job as failed after the queue has tried it as often as it may.</summary>
public sealed record GiveUpJob(Id<Job> JobId) : IRequest;

internal sealed class GiveUpJobHandler(IDatabase database, TimeProvider clock) : IRequestHandler<GiveUpJob, Unit>
{
    public async Task<Unit> Handle(GiveUpJob request, CancellationToken cancellationToken)
    {
        var job = await database.Jobs.FirstOrDefaultAsync(job => job.Id == request.JobId, cancellationToken);
        if (job is { IsOver: false })
            job.GiveUp(clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        await database.KeptAnswers.Where(kept => kept.JobId == request.JobId).ExecuteDeleteAsync(cancellationToken);
        return Unit.Value;
    }
}
