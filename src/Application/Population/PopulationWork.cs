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
    public static Stored Of(long rows, IReadOnlyCollection<RejectedRow> rejected, bool noData = false) =>
        new(rows, [.. rejected.Select(row => row.Detail)], noData);

    public static Stored operator +(Stored a, Stored b) => new(a.Rows + b.Rows, [.. a.Rejected, .. b.Rejected], a.NoData || b.NoData);
}

/// <summary>What came of an item: either stored or refused.</summary>
internal sealed record ItemOutcome(FetchedItem Item, Stored? Stored, MarketDataRefused? Refusal);

/// <summary>Fetched data of one kind of item, which knows how to store itself.</summary>
internal interface IFetched
{
    Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken);
}

/// <summary>The two halves of an item: asking the provider, storing the answer.</summary>
internal sealed class PopulationWork(IMarketData market, MarketWriter writer, JobProgress progress)
{
    public async Task<FetchedItem> Fetch(Job job, string key, CancellationToken cancellationToken)
    {
        var calls = new ProviderCalls(until => progress.Waiting(job.Id, until), () => progress.Resumed(job.Id));
        try
        {
            var data = await calls.Listen(() =>
                job.Kind is not (JobKind.StockPopulation or JobKind.Repair) ? FetchMarket(key, job, cancellationToken)
                : CurrencyPair.IsMeant(key) ? FetchRates(key, job.From, job.To, cancellationToken)
                : FetchStock(key, job.From, job.To, cancellationToken)
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

    private async Task<IFetched> FetchStock(string ticker, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var listing =
            await market.FindListing(ticker, cancellationToken)
            ?? throw new MarketDataRefused(ItemReasons.UnknownSymbol, $"The provider knows no ticker {ticker}, active or delisted.");
        var bars = await market.Bars(ticker, from, to, cancellationToken);
        var splits = await market.Splits(ticker, from, to, cancellationToken);
        var dividends = await market.Dividends(ticker, from, to, cancellationToken);
        return new FetchedStock(listing, bars, splits, dividends);
    }

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
            MarketItems.Listings => new FetchedListings(
                await market.Listings(active: true, cancellationToken),
                await market.Listings(active: false, cancellationToken)
            ),
            MarketItems.Splits => new FetchedSplits(await market.Splits(null, job.From, job.To, cancellationToken)),
            MarketItems.Dividends => new FetchedDividends(await market.Dividends(null, job.From, job.To, cancellationToken)),
            _ => new FetchedSession(MarketItems.Session(key), await market.SessionBars(MarketItems.Session(key), cancellationToken)),
        };
}

internal sealed record FetchedStock(Listing Listing, Rows<Bar> Bars, Rows<ProviderSplit> Splits, Rows<ProviderDividend> Dividends)
    : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        var stock = (await writer.Listings([Listing], cancellationToken))[0];
        var bearers = await Bearers(stock, writer, cancellationToken);
        await writer.Reject(Bars.Rejected, bearers, cancellationToken);
        var bars = 0L;
        foreach (var ofOne in Bars.Good.GroupBy(bar => bearers(Listing.Ticker, bar.Date) ?? stock))
            bars += await writer.Bars(ofOne.Key, [.. ofOne], cancellationToken);
        return Stored.Of(bars, Bars.Rejected, noData: Bars.Good.Count == 0)
            + await writer.Splits(Splits, bearers, cancellationToken)
            + await writer.Dividends(Dividends, bearers, cancellationToken);
    }

    // What is dated before the listing is of whoever bore the ticker then, if that is known.
    private async Task<FindStock> Bearers(Id<Stock> stock, MarketWriter writer, CancellationToken cancellationToken)
    {
        var days = Bars
            .Good.Select(bar => bar.Date)
            .Concat(Splits.Good.Select(s => s.ExecutionDate))
            .Concat(Dividends.Good.Select(d => d.ExDate));
        if (Listing.ListedOn is not { } first || days.All(day => day >= first))
            return (_, _) => stock;
        var stocks = await writer.Stocks(cancellationToken);
        return (ticker, day) => day >= first ? stock : stocks(ticker, day) ?? stock;
    }
}

internal sealed record FetchedRates(Rows<ExchangeRate> Rates) : IFetched
{
    public Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) => writer.Rates(Rates, cancellationToken);
}

internal sealed record FetchedListings(Rows<Listing> Active, Rows<Listing> Delisted) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        RejectedRow[] rejected = [.. Active.Rejected, .. Delisted.Rejected];
        await writer.Reject(rejected, null, cancellationToken);
        var stored = await writer.Listings([.. Delisted.Good, .. Active.Good], cancellationToken);
        return Stored.Of(stored.Count, rejected);
    }
}

internal sealed record FetchedSession(DateOnly Session, Rows<TickerBar> Bars) : IFetched
{
    public Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) => writer.Session(Session, Bars, cancellationToken);
}

internal sealed record FetchedSplits(Rows<ProviderSplit> Splits) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        await writer.Splits(Splits, await writer.Stocks(cancellationToken), cancellationToken);
}

internal sealed record FetchedDividends(Rows<ProviderDividend> Dividends) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        await writer.Dividends(Dividends, await writer.Stocks(cancellationToken), cancellationToken);
}
