using System.Globalization;
using System.Threading.Channels;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Stocks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Does a population job: its pending items in order, each stored and checked off by itself. Run again after a crash it goes on where it
/// stopped; run twice at once it does the same work twice and stores it once.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="What">For people who watch the queue.</param>
public sealed record Populate(Id<Job> JobId, string What) : IRequest
{
    internal static Populate Of(Job job, int items) =>
        new(
            job.Id,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(job.Kind is JobKind.StockPopulation ? $"{items} stocks" : "the whole market")}, {job.From:yyyy-MM-dd} to {job.To:yyyy-MM-dd}"
            )
        );

    /// <summary>Its name on the dashboard.</summary>
    public override string ToString() => $"Populate {What} (job {JobId})";
}

internal sealed class PopulateHandler(
    IDatabase database,
    PopulationWork work,
    JobProgress progress,
    MarketChecks checks,
    TimeProvider clock
) : IRequestHandler<Populate, Unit>
{
    private const int FetchedAhead = 1;

    public async Task<Unit> Handle(Populate request, CancellationToken cancellationToken)
    {
        var found = await database.Jobs.FirstOrDefaultAsync(job => job.Id == request.JobId, cancellationToken);
        var job = NotFound.Unless(found, "job", request.JobId);
        if (job.IsOver)
            return Unit.Value;
        job.Run(clock.GetUtcNow());
        await database.SaveChanges(cancellationToken);
        var cancelled = await DoItems(job, cancellationToken);
        await checks.Run(await Touched(job, cancellationToken), job.From, job.To, cancellationToken);
        await progress.Finish(job.Id, cancelled, cancellationToken);
        return Unit.Value;
    }

    private async Task<List<Id<Stock>>?> Touched(Job job, CancellationToken cancellationToken) =>
        job.Kind is JobKind.StockPopulation
            ? await database
                .JobItems.Where(item => item.JobId == job.Id)
                .Join(database.Stocks, item => item.Key, stock => stock.Ticker, (_, stock) => stock.Id)
                .ToListAsync(cancellationToken)
            : null;

    // The provider is asked for the next item while the one before is being stored.
    private async Task<bool> DoItems(Job job, CancellationToken cancellationToken)
    {
        var pending = await progress.Pending(job.Id, cancellationToken);
        var fetched = Channel.CreateBounded<FetchedItem>(FetchedAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = Fetch(job, pending, fetched.Writer, stop.Token);
        var cancelled = false;
        try
        {
            await foreach (var item in fetched.Reader.ReadAllAsync(stop.Token))
            {
                await progress.CheckOff(job.Id, await work.Store(item, cancellationToken), cancellationToken);
                cancelled = await progress.IsCancelled(job.Id, cancellationToken);
                if (cancelled)
                    break;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await fetching;
        }
        return cancelled;
    }

    private async Task Fetch(Job job, IReadOnlyList<string> keys, ChannelWriter<FetchedItem> writer, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var key in keys)
                await writer.WriteAsync(await work.Fetch(job, key, cancellationToken), cancellationToken);
            writer.Complete();
        }
        catch (Exception e)
        {
            writer.Complete(e);
        }
    }
}
