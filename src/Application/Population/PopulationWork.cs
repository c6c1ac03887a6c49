using System.Data.Common;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>What the provider gave for one item, or why it gave nothing, and the calls that it cost.</summary>
internal sealed record FetchedItem(string Key, IFetched? Data, MarketDataRefused? Refusal, IReadOnlyCollection<ProviderCall> Calls);

/// <summary>What an item brought into the database.</summary>
internal sealed record Stored(long Rows, IReadOnlyCollection<string> Rejected, bool NoData = false)
{
    /// <summary>Rows of known tickers on days on which nobody bore them; told among the rejected ones.</summary>
    public IReadOnlyList<UnknownRow> Unknown { get; private init; } = [];

    public static Stored Of(Written written, IReadOnlyCollection<string> rejected, bool noData = false) =>
        new(written.Rows, [.. rejected, .. written.Unknown.Select(row => row.ToString())], noData) { Unknown = written.Unknown };
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
    StockFetch stocks,
    UniverseFetch universe,
    MarketWriter writer,
    JobProgress progress
)
{
    public async Task<FetchedItem> Fetch(Job job, string key, CancellationToken cancellationToken)
    {
        var calls = new ProviderCalls(
            until => progress.Waiting(job.Id, until),
            () => progress.Resumed(job.Id),
            stop => progress.IsCancelled(job.Id, stop)
        );
        try
        {
            var data = await calls.Listen(() =>
                job.Kind is not JobKind.StockPopulation ? FetchMarket(key, job, cancellationToken)
                : CurrencyPair.IsMeant(key) ? FetchRates(key, job.From, job.To, cancellationToken)
                : stocks.Fetch(key, job.From, job.To, cancellationToken)
            );
            return new FetchedItem(key, data, null, calls.Made);
        }
        catch (MarketDataRefused refusal)
        {
            return new FetchedItem(key, null, refusal, calls.Made);
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
        catch (Exception e) when (IsRefusal(e))
        {
            return new ItemOutcome(item, null, new MarketDataRefused(ItemReasons.NotStorable, e.GetBaseException().Message));
        }
    }

    private static bool IsRefusal(Exception e) =>
        e switch
        {
            Conflict => true,
            DbUpdateException { InnerException: DbException inner } => !inner.IsTransient,
            DbException own => !own.IsTransient,
            _ => false,
        };

    private async Task<IFetched> FetchRates(string ticker, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var (@base, quote) =
            CurrencyPair.Parse(ticker)
            ?? throw new MarketDataRefused(
                ItemReasons.UnknownSymbol,
                $"{ticker} is no pair of two currencies; the dollar price of a euro is C:EURUSD."
            );
        var rates = await market.Rates(@base, quote, from, to, cancellationToken);
        // Only an empty answer leaves open whether the provider has the pair at all.
        if (rates is { Good.Count: 0, Rejected.Count: 0 } && await market.FindListing(ticker, cancellationToken) is null)
            throw new MarketDataRefused(ItemReasons.UnknownSymbol, $"The provider knows no pair {ticker}.");
        return new FetchedRates(rates);
    }

    private async Task<IFetched> FetchMarket(string key, Job job, CancellationToken cancellationToken) =>
        key switch
        {
            MarketItems.Listings => await universe.Fetch(cancellationToken),
            MarketItems.Splits => new FetchedSplits((await market.Splits(null, job.From, job.To, cancellationToken)).OneOfEachDay()),
            MarketItems.Dividends => new FetchedDividends(await market.Dividends(null, job.From, job.To, cancellationToken)),
            _ => new FetchedSession(MarketItems.Session(key), await market.SessionBars(MarketItems.Session(key), cancellationToken)),
        };
}

internal sealed record FetchedRates(Rows<ExchangeRate> Rates) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        new(await writer.Rates(Rates.Good, cancellationToken), Rates.Rejected, NoData: Rates.Good.Count == 0);
}

internal sealed record FetchedSession(DateOnly Session, Rows<TickerBar> Bars) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        Stored.Of(await writer.Session(Bars.Good, cancellationToken), Bars.Rejected, noData: Bars.Good.Count == 0);
}

internal sealed record FetchedSplits(Rows<ProviderSplit> Splits) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        Stored.Of(await writer.Splits(Splits.Good, await writer.Stocks(cancellationToken), cancellationToken), Splits.Rejected);
}

internal sealed record FetchedDividends(Rows<ProviderDividend> Dividends) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        Stored.Of(await writer.Dividends(Dividends.Good, await writer.Stocks(cancellationToken), cancellationToken), Dividends.Rejected);
}
