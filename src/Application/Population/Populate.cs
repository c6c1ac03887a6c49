using System.Globalization;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Does a population job: its pending items in order, each stored and checked off by itself. Run again after a crash it goes on where it
/// stopped; run twice at once, or beside a job that wants the same, each piece of work is done by one of them.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="What">For people who watch the queue.</param>
public sealed record Populate(Id<Job> JobId, string What) : IRequest
{
    internal static Populate Of(Job job, int items) =>
        new(
            job.Id,
            string.Create(CultureInfo.InvariantCulture, $"{job.Kind}, {items} parts, {job.From:yyyy-MM-dd} to {job.To:yyyy-MM-dd}")
        );

    internal static string UnitOf(Id<Job> jobId) => $"job:{jobId}";

    /// <summary>Its name on the dashboard.</summary>
    public override string ToString() => $"Populate {What} (job {JobId})";
}

internal sealed class PopulateHandler(IDatabase database, IWorkClaims claims, PopulationLine line, JobProgress progress, TimeProvider clock)
    : IRequestHandler<Populate, Unit>
{
    public async Task<Unit> Handle(Populate request, CancellationToken cancellationToken)
    {
        var found = await database.Jobs.FirstOrDefaultAsync(job => job.Id == request.JobId, cancellationToken);
        var job = NotFound.Unless(found, "job", request.JobId);
        if (job.IsOver)
            return Unit.Value;
        await using var living = await claims.Share(Populate.UnitOf(job.Id), cancellationToken);
        job.Run(clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        var cancelled = await line.Run(job, cancellationToken);
        await progress.Finish(job.Id, cancelled, cancellationToken);
        return Unit.Value;
    }
}
