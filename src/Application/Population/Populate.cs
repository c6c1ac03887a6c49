using System.Globalization;
using CleanPortfolio.Application.MarketData;
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

internal sealed class PopulateHandler(
    IDatabase database,
    IWorkClaims claims,
    PopulationLine line,
    MarketChecks checks,
    JobProgress progress,
    TimeProvider clock
) : IRequestHandler<Populate, Unit>
{
    public async Task<Unit> Handle(Populate request, CancellationToken cancellationToken)
    {
        var job = await database.JobOf(request.JobId, cancellationToken);
        if (job.IsOver)
            return Unit.Value;
        await using var living = await claims.Share(Populate.UnitOf(job.Id), cancellationToken);
        job.Run(clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        var cancelled = await line.Run(job, cancellationToken);
        await Check(job, cancellationToken);
        await progress.Finish(job.Id, cancelled, cancellationToken);
        return Unit.Value;
    }

    // What came is judged together with what was there; a killed process has not finished the job, so the next one judges again.
    private async Task Check(Job job, CancellationToken cancellationToken)
    {
        var items = await database
            .JobItems.Where(item => item.JobId == job.Id && item.Work != ItemWork.Universe && item.Work != ItemWork.Rates)
            .Select(item => new
            {
                item.Work,
                item.Key,
                item.Tickers,
            })
            .ToListAsync(cancellationToken);
        if (items.Count == 0)
            return;
        if (items.Any(item => item.Work is not ItemWork.Stock && item.Tickers is null))
        {
            await checks.Run(null, job.From, job.To, cancellationToken);
            return;
        }
        var tickers = items.SelectMany(item => item.Tickers ?? [item.Key]).Distinct(StringComparer.Ordinal).ToList();
        var stocks = await database
            .Symbols.Where(symbol => tickers.Contains(symbol.Ticker))
            .Select(symbol => symbol.StockId)
            .Distinct()
            .ToListAsync(cancellationToken);
        await checks.Run(stocks, job.From, job.To, cancellationToken);
    }
}
