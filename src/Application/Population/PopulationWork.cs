using System.Data.Common;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>What the provider gave for one item, or why it gave nothing, and the calls that it cost.</summary>
internal sealed record FetchedItem(
    JobItem Item,
    IFetched? Data,
    MarketDataRefused? Refusal,
    IReadOnlyCollection<ProviderCall> Calls,
    DateTimeOffset At,
    IAsyncDisposable Claim
);

/// <summary>What an item brought into the database, and what need not be asked again.</summary>
internal sealed record Stored(
    long Rows,
    IReadOnlyCollection<string> Rejected,
    IReadOnlyList<Fetch> Fetches,
    bool NoData = false,
    string? Note = null
)
{
    public static Stored Of(Written written, IReadOnlyList<Fetch> fetches, bool noData = false, string? note = null) =>
        new(written.Rows, written.Rejected, fetches, noData, note);
}

/// <summary>What came of an item: either stored or refused.</summary>
internal sealed record ItemOutcome(FetchedItem Item, Stored? Stored, MarketDataRefused? Refusal);

/// <summary>Fetched data of one kind of item, which knows how to store itself.</summary>
internal interface IFetched
{
    Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken);
}

/// <summary>The two halves of an item: asking the provider, storing the answer.</summary>
internal sealed class PopulationWork(
    IMarketData market,
    MarketKnowledge knowledge,
    UniverseFetch universe,
    RenameFetch renames,
    MarketWriter writer,
    JobProgress progress,
    TimeProvider clock
)
{
    // Sessions without a trade after which a ticker is looked for among those that are no longer listed.
    private const int TradesAgain = 5;

    /// <summary>Asks for what is not known yet; what somebody else asked for meanwhile costs no call.</summary>
    public async Task<FetchedItem> Fetch(Job job, JobItem item, IAsyncDisposable claim, CancellationToken cancellationToken)
    {
        var calls = new ProviderCalls(
            until => progress.Waiting(job.Id, until),
            () => progress.Resumed(job.Id),
            stop => progress.IsCancelled(job.Id, stop)
        )
        {
            Item = new WorkItem(job.Id, item.Key, job.AskedAt),
        };
        var at = clock.GetUtcNow();
        try
        {
            var data = await calls.Listen(() => Fetch(job, item, at, cancellationToken));
            return new FetchedItem(item, data, null, calls.Made, at, claim);
        }
        catch (MarketDataRefused refusal)
        {
            return new FetchedItem(item, null, refusal, calls.Made, at, claim);
        }
    }

    /// <summary>Stores what was fetched. Data that the database refuses fail their item alone; a database that is away fails the run, to be tried again.</summary>
    public async Task<ItemOutcome> Store(FetchedItem item, CancellationToken cancellationToken)
    {
        if (item.Data is null)
            return new ItemOutcome(item, null, item.Refusal);
        try
        {
            return new ItemOutcome(item, await item.Data.Store(writer, cancellationToken), null);
        }
        catch (MarketDataRefused refusal)
        {
            return new ItemOutcome(item, null, refusal);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return new ItemOutcome(item, null, new MarketDataRefused(ItemReasons.NotStorable, e.GetBaseException().Message));
        }
    }

    private static bool IsRefusal(Exception e) =>
        e switch
        {
            Conflict or RuleBroken => true,
            DbUpdateException { InnerException: DbException inner } => !inner.IsTransient,
            DbException own => !own.IsTransient,
            _ => false,
        };

    private async Task<IFetched> Fetch(Job job, JobItem item, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var range = new DayRange(item.From ?? job.From, item.To ?? job.To);
        var question = new Question(job.AskedAt, item.AskAgain);
        var known = await knowledge.Of(item.Tickers ?? [item.Key], range, question, cancellationToken);
        return item.Work switch
        {
            ItemWork.Stock => await FetchStock(job, item, known, at, cancellationToken),
            ItemWork.Session => await FetchSession(range.From, known, at, cancellationToken),
            ItemWork.Universe => await FetchUniverse(known, at, cancellationToken),
            ItemWork.Splits or ItemWork.Dividends => await FetchActions(item, range, known, at, cancellationToken),
            ItemWork.Rates => await FetchRates(item, range, known, at, cancellationToken),
            _ => throw new InvalidOperationException($"Nobody does {item.Work}."),
        };
    }

    private async Task<IFetched> FetchStock(Job job, JobItem item, Known known, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ticker = item.Key;
        var missing = item is { From: { } from, To: { } to } ? known.Missing(ticker, known.Sessions(ticker, new DayRange(from, to))) : [];
        DayRange? asked = missing.Count > 0 ? new DayRange(missing[0], missing[^1]) : null;
        var bars = asked is { } days ? await market.Bars(ticker, days.From, days.To, cancellationToken) : null;
        var data = new FetchedStock(ticker, new DayRange(job.From, job.To), asked, bars, at);
        if (known.IsListingKnown(ticker))
            return data;
        var last = bars is { Good.Count: > 0 } ? bars.Good[^1].Date : (DateOnly?)null;
        var listing = await market.FindListing(ticker, last is { } day && IsLongAgo(day, asked!.Value.To, at), cancellationToken);
        var (renamed, former, since) = await renames.Fetch(listing, data.Wanted, cancellationToken);
        return data with
        {
            Bars = bars is null ? null : bars with { Good = [.. bars.Good.Where(bar => !(bar.Date < since))] },
            Listing = listing,
            ListingAsked = true,
            Renamed = renamed,
            Former = former,
        };
    }

    private static bool IsLongAgo(DateOnly lastBar, DateOnly to, DateTimeOffset at)
    {
        var yesterday = UsMarketCalendar.DateOf(at).AddDays(-1);
        return UsMarketCalendar.Sessions(lastBar.AddDays(1), to < yesterday ? to : yesterday).Take(TradesAgain + 1).Count() > TradesAgain;
    }

    private async Task<IFetched> FetchSession(DateOnly day, Known known, DateTimeOffset at, CancellationToken cancellationToken) =>
        known.HasSession(day) ? new NothingToAsk() : new FetchedSession(day, await market.SessionBars(day, cancellationToken), at);

    private async Task<IFetched> FetchUniverse(Known known, DateTimeOffset at, CancellationToken cancellationToken) =>
        known.IsCrawledWithin(days: 0) ? new NothingToAsk() : await universe.Fetch(at, cancellationToken);

    private async Task<IFetched> FetchActions(
        JobItem item,
        DayRange range,
        Known known,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var kind = PlanBuilder.KindOf(item.Work);
        var tickers = item.Tickers?.Where(ticker => known.MissingActions(kind, ticker, range) is not null).ToList();
        if (tickers is { Count: 0 } || (tickers is null && known.Missing(kind, Finality.Everyone, range) is null))
            return new NothingToAsk();
        return kind is FetchKind.Splits
            ? new FetchedSplits(tickers, range, await market.Splits(tickers, range.From, range.To, cancellationToken), at)
            : new FetchedDividends(tickers, range, await market.Dividends(tickers, range.From, range.To, cancellationToken), at);
    }

    private async Task<IFetched> FetchRates(
        JobItem item,
        DayRange range,
        Known known,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var (@base, quote) =
            CurrencyPair.Parse(item.Key)
            ?? throw new MarketDataRefused(
                ItemReasons.UnknownSymbol,
                $"{item.Key} is no pair of two currencies; the dollar price of a euro is C:EURUSD."
            );
        if (item.From is null || known.Missing(FetchKind.Rates, item.Key, range) is not { } missing)
            return new NothingToAsk();
        var rates = await market.Rates(@base, quote, missing.From, missing.To, cancellationToken);
        // Only an empty answer leaves open whether the provider has the pair at all.
        if (
            rates is { Good.Count: 0, Rejected.Count: 0 }
            && await market.FindListing(item.Key, delistedFirst: false, cancellationToken) is null
        )
            throw new MarketDataRefused(ItemReasons.UnknownSymbol, $"The provider knows no pair {item.Key}.");
        return new FetchedRates(item.Key, missing, rates, at);
    }
}
