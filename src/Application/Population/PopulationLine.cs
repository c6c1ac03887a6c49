using System.Threading.Channels;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Does a job's items in order: within a phase the provider is asked for the next one while the one before is being stored and the one before
/// that is checked off; while requests go first, one is done after the other. A phase begins when the one before is checked off. What somebody
/// else has in hand is left to him, and looked at again later: then it is known, or free.
/// </summary>
internal sealed class PopulationLine(PopulationWork work, JobProgress progress, IWorkClaims claims, RightOfWay rightOfWay)
{
    private const int FetchedAhead = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs until nothing is left; answers whether it was cancelled before.</summary>
    public async Task<bool> Run(Job job, CancellationToken cancellationToken)
    {
        var fetched = Channel.CreateBounded<Handover>(FetchedAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = Fetch(job, fetched.Writer, stop.Token);
        var checking = Task.FromResult(false);
        try
        {
            await foreach (var (item, allStored) in fetched.Reader.ReadAllAsync(stop.Token))
            {
                var before = checking;
                if (item is not null)
                    checking = CheckOff(job, await Store(item, cancellationToken), before, cancellationToken);
                if (await before)
                    return true;
                allStored?.SetResult();
            }
            return await checking;
        }
        catch (WorkCancelled)
        {
            return true;
        }
        finally
        {
            await stop.CancelAsync();
            await fetching;
            await ((Task)checking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (fetched.Reader.TryRead(out var left))
                if (left.Item is { } item)
                    await item.Claim.DisposeAsync();
        }
    }

    private async Task<ItemOutcome> Store(FetchedItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await work.Store(item, cancellationToken);
        }
        catch
        {
            await item.Claim.DisposeAsync();
            throw;
        }
    }

    // After the one before; answers whether the job is to end.
    private async Task<bool> CheckOff(Job job, ItemOutcome outcome, Task<bool> before, CancellationToken cancellationToken)
    {
        await using (outcome.Item.Claim)
        {
            var isOver = await before;
            await progress.CheckOff(job.Id, outcome, cancellationToken);
            return isOver || await progress.IsCancelled(job.Id, cancellationToken);
        }
    }

    private async Task Fetch(Job job, ChannelWriter<Handover> writer, CancellationToken cancellationToken)
    {
        try
        {
            var pending = await progress.Pending(job.Id, cancellationToken);
            // What comes later builds on what came before: actions are kept of known stocks only, and after a crawl listings are known.
            foreach (var phase in pending.GroupBy(item => PhaseOf(item.Work)))
            {
                await Fetch(job, phase, writer, cancellationToken);
                await AllStored(writer, cancellationToken);
            }
            writer.Complete();
        }
        catch (Exception e)
        {
            writer.Complete(e);
        }
    }

    private async Task Fetch(Job job, IEnumerable<JobItem> items, ChannelWriter<Handover> writer, CancellationToken cancellationToken)
    {
        var waiting = new Queue<JobItem>(items);
        for (var taken = 0; waiting.TryDequeue(out var item); )
        {
            // Fetching beside storing would take every core of a small machine, and what both hold makes collections long.
            if (rightOfWay.IsWanted)
                await AllStored(writer, cancellationToken);
            if (await claims.Try(MarketItems.Units(item), cancellationToken) is not { } claim)
            {
                waiting.Enqueue(item);
                if (++taken >= waiting.Count)
                    await PauseUnlessCancelled(job.Id, cancellationToken);
                continue;
            }
            taken = 0;
            await Fetch(job, item, claim, writer, cancellationToken);
        }
    }

    private async Task Fetch(
        Job job,
        JobItem item,
        IAsyncDisposable claim,
        ChannelWriter<Handover> writer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await progress.Find(job.Id, item.Key, cancellationToken) is not { } still)
                await claim.DisposeAsync();
            else
                await writer.WriteAsync(new Handover(await work.Fetch(job, still, claim, cancellationToken), null), cancellationToken);
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    private static async Task AllStored(ChannelWriter<Handover> writer, CancellationToken cancellationToken)
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await writer.WriteAsync(new Handover(null, stored), cancellationToken);
        await stored.Task.WaitAsync(cancellationToken);
    }

    private async Task PauseUnlessCancelled(Id<Job> job, CancellationToken cancellationToken)
    {
        if (await progress.IsCancelled(job, cancellationToken))
            throw new WorkCancelled();
        await Task.Delay(Pause, cancellationToken);
    }

    private static int PhaseOf(ItemWork work) =>
        work switch
        {
            ItemWork.Universe => 0,
            ItemWork.Session => 1,
            ItemWork.Stock or ItemWork.Rates => 2,
            ItemWork.Splits or ItemWork.Dividends => 3,
            _ => 4,
        };

    // Either something to store, or the question whether everything before it is stored.
    private readonly record struct Handover(FetchedItem? Item, TaskCompletionSource? AllStored);
}
