using System.Globalization;
using System.Threading.Channels;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
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
        new(job.Id, string.Create(CultureInfo.InvariantCulture, $"{WhatOf(job, items)}, {job.From:yyyy-MM-dd} to {job.To:yyyy-MM-dd}"));

    private static string WhatOf(Job job, int items) =>
        job.Kind switch
        {
            JobKind.StockPopulation => string.Create(CultureInfo.InvariantCulture, $"{items} stocks"),
            JobKind.Universe => "the list of all tickers",
            _ => "the whole market",
        };

    /// <summary>Its name on the dashboard.</summary>
    public override string ToString() => $"Populate {What} (job {JobId})";
}

internal sealed class PopulateHandler(IDatabase database, PopulationWork work, JobProgress progress, TimeProvider clock)
    : IRequestHandler<Populate, Unit>
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
        await progress.Finish(job.Id, cancelled, cancellationToken);
        return Unit.Value;
    }

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
        catch (WorkCancelled)
        {
            cancelled = true;
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
