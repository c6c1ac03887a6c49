using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Crawls the list of all tickers, active and delisted, and asks about stocks that it finds under another ticker, or not at all.
/// Nothing ends because one crawl lacks it.
/// </summary>
internal sealed class UniverseFetch(IMarketData market, Renames renames, IServiceScopeFactory scopes, ILogger<UniverseFetch> logger)
{
    // A crawl that lacks more than a few has a hole itself: then only those are asked about that lacked before, too.
    private const int MostAskedAbout = 25;

    public async Task<IFetched> Fetch(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var active = await market.Listings(active: true, cancellationToken);
        var delisted = await market.Listings(active: false, cancellationToken);
        var renamed = await renames.WithSplits(
            await renames.Find([.. active.Good, .. delisted.Good], cancellationToken),
            cancellationToken
        );
        var absent = await Absent([.. active.Good, .. delisted.Good], cancellationToken);
        var found = await AskAbout(absent, cancellationToken);
        var still = absent.Select(stock => stock.Id).Except(found.Select(one => one.Stock)).ToList();
        logger.LogInformation(
            "Universe: {Active} active, {Delisted} delisted, {Renamed} renamed, {Absent} absent",
            active.Good.Count,
            delisted.Good.Count,
            renamed.Count + found.Count,
            still.Count
        );
        return new FetchedUniverse(active, delisted, [.. renamed, .. found], still, at);
    }

    private async Task<IReadOnlyList<AbsentStock>> Absent(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        var tickers = listings.Select(listing => listing.Ticker).ToHashSet(StringComparer.Ordinal);
        var figis = listings.Select(listing => listing.Figi).OfType<string>().ToHashSet(StringComparer.Ordinal);
        await using var scope = scopes.CreateAsyncScope();
        // A stock that never was listed, but has prices, can't be missed.
        var listed = await scope
            .ServiceProvider.GetRequiredService<IDatabase>()
            .Stocks.Where(stock => stock.Active && (stock.Name != null || stock.Figi != null))
            .Select(stock => new AbsentStock(stock.Id, stock.Ticker, stock.Figi, stock.AbsentSince))
            .ToListAsync(cancellationToken);
        return [.. listed.Where(stock => !tickers.Contains(stock.Ticker) && !(stock.Figi is { } figi && figis.Contains(figi)))];
    }

    private async Task<IReadOnlyList<Renamed>> AskAbout(IReadOnlyList<AbsentStock> absent, CancellationToken cancellationToken)
    {
        var found = new List<Renamed>();
        var asked = absent.Count <= MostAskedAbout ? absent : absent.Where(stock => stock.Since is not null).Take(MostAskedAbout);
        foreach (var stock in asked)
        {
            var history = await renames.History(stock.Figi ?? stock.Ticker, cancellationToken);
            if (history.LastOrDefault() is { } last && last.Ticker != stock.Ticker && history.Any(since => since.Ticker == stock.Ticker))
                found.Add(new Renamed(stock.Id, stock.Figi, stock.Ticker, last.Ticker, history));
        }
        return await renames.WithSplits(found, cancellationToken);
    }

    private sealed record AbsentStock(Id<Stock> Id, string Ticker, string? Figi, DateOnly? Since);
}

internal sealed record FetchedUniverse(
    Rows<Listing> Active,
    Rows<Listing> Delisted,
    IReadOnlyList<Renamed> Renamed,
    IReadOnlyList<Id<Stock>> Absent,
    DateTimeOffset At
) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        var refused = await writer.Rename(Renamed, [], cancellationToken);
        var stored = await writer.Listings(
            [.. Delisted.Good, .. Active.Good],
            [.. refused.Select(one => one.Figi).OfType<string>()],
            cancellationToken
        );
        await writer.Miss(Absent, cancellationToken);
        RejectedRow[] rejected = [.. Active.Rejected, .. Delisted.Rejected];
        await writer.Reject(rejected, null, cancellationToken);
        return Stored.Of(
            Written.Of(stored.Count, rejected).With(refused.Select(one => one.Told)),
            [
                Answer.OfDay(FetchKind.Universe, MarketItems.Active, At, Active.Good.Count),
                Answer.OfDay(FetchKind.Universe, MarketItems.Inactive, At, Delisted.Good.Count),
            ]
        );
    }
}
