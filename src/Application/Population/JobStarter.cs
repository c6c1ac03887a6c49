using System.Globalization;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Application.Population;

/// <summary>What a job of market data is to fetch.</summary>
/// <param name="Kind">What it is called.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
internal sealed record JobRequest(JobKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>Tickers and pairs, each with days of its own; null: the whole market.</summary>
    public IReadOnlyList<TickerRange>? Cells { get; init; }

    /// <summary>Of the whole market: only these sessions; null is all of the range.</summary>
    public IReadOnlyCollection<DateOnly>? Sessions { get; init; }

    /// <summary>What is fetched.</summary>
    public JobParts Parts { get; init; } = JobParts.All;

    /// <summary>Ask again for what is stored for good too.</summary>
    public bool Refresh { get; init; }

    /// <summary>Adds to the scope's <see cref="IDatabase"/> what is to be saved in the same transaction as the job.</summary>
    public Action<Job>? AlsoSave { get; init; }
}

/// <summary>Days of one ticker.</summary>
internal sealed record TickerRange(string Ticker, DateOnly From, DateOnly To);

/// <summary>Parts of the market's data.</summary>
[Flags]
internal enum JobParts
{
    None = 0,
    Listings = 1,
    Prices = 2,
    Actions = 4,
    All = Listings | Prices | Actions,
}

/// <summary>Saves a job and queues it, in one transaction.</summary>
internal sealed class JobStarter(IDatabase database, IJobs jobs, TimeProvider clock)
{
    public async Task<JobDetails> Start(JobRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var items = request.Cells is { } cells ? OfCells(cells) : OfMarket(request);
        var job = new Job(request.Kind, request.From, request.To, items, now, request.Refresh);
        database.Jobs.Add(job);
        request.AlsoSave?.Invoke(job);
        await jobs.SaveAndEnqueue(Populate.Of(job, job.Items.Count), cancellationToken);
        return JobDetails.Of(job, JobCounts.AllPending(job.Items.Count), now);
    }

    private static IEnumerable<PlannedItem> OfCells(IReadOnlyList<TickerRange> cells) =>
        from cell in cells
        group cell by cell.Ticker into ranges
        let work = CurrencyPair.IsMeant(ranges.Key) ? ItemWork.Rates : ItemWork.Stock
        select new PlannedItem(ranges.Key, work, ranges.Min(range => range.From), ranges.Max(range => range.To), 1);

    private static IEnumerable<PlannedItem> OfMarket(JobRequest request)
    {
        if (request.Parts.HasFlag(JobParts.Listings))
            yield return new PlannedItem(MarketItems.Listings, ItemWork.Universe, null, null, 2);
        if (request.Parts.HasFlag(JobParts.Prices))
            foreach (var day in (request.Sessions ?? [.. UsMarketCalendar.Sessions(request.From, request.To)]).OrderDescending())
                yield return new PlannedItem(day.ToString("O", CultureInfo.InvariantCulture), ItemWork.Session, day, day, 1);
        if (!request.Parts.HasFlag(JobParts.Actions))
            yield break;
        yield return new PlannedItem(MarketItems.Splits, ItemWork.Splits, request.From, request.To, 1);
        yield return new PlannedItem(MarketItems.Dividends, ItemWork.Dividends, request.From, request.To, 1);
    }
}
