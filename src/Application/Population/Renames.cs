using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Application.Population;

/// <summary>A known stock that the provider lists under another ticker now, and what it tells of the way there, oldest first.</summary>
internal sealed record Renamed(Id<Stock> Stock, string? Figi, string From, string To, IReadOnlyList<TickerSince> History)
{
    /// <summary>Splits around the change: many companies do both at once.</summary>
    public IReadOnlyList<ProviderSplit> Splits { get; init; } = [];

    /// <summary>Whether the provider tells of the ticker that is known; if not, a day that it tells may be that of the listing.</summary>
    public bool Connected => History.Any(since => since.Ticker == From);

    /// <summary>The changes from the ticker known to the one listed; a day that the provider does not tell is null.</summary>
    public IReadOnlyList<(string Ticker, DateOnly? Day)> Steps()
    {
        var steps = Connected ? History.Skip(History.ToList().FindLastIndex(since => since.Ticker == From) + 1).ToList() : [];
        return steps is [.., var end] && end.Ticker == To
            ? [.. steps.Select(since => (since.Ticker, (DateOnly?)since.From))]
            : [(To, History.LastOrDefault(since => since.Ticker == To)?.From)];
    }
}

/// <summary>Two tickers of one FIGI whose prices are not those of one stock: they stay apart.</summary>
internal sealed record RefusedRename(string? Figi, string Told);

/// <summary>Follows companies from ticker to ticker: finds out that one has another, asks the provider since when, and keeps its stock.</summary>
internal sealed class Renames(IServiceScopeFactory scopes, IMarketData market, ILogger<Renames> logger)
{
    /// <summary>Those of the listings that are about a stock known by another ticker. Costs a call for each.</summary>
    public async Task<IReadOnlyList<Renamed>> Find(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        var listed = listings.Where(listing => listing.Figi is not null).ToLookup(listing => listing.Figi!, StringComparer.Ordinal);
        var figis = listed.Select(same => same.Key).ToList();
        var known = await With(database =>
            database
                .Stocks.AsNoTracking()
                .Where(stock => figis.Contains(stock.Figi!))
                .Select(stock => new
                {
                    stock.Id,
                    Figi = stock.Figi!,
                    stock.Ticker,
                    stock.Active,
                    Borne = stock.Symbols.Select(symbol => symbol.Ticker).ToList(),
                })
                .ToListAsync(cancellationToken)
        );
        var renamed = new List<Renamed>();
        foreach (var same in known.GroupBy(stock => stock.Figi, StringComparer.Ordinal))
        {
            // A delisted row of a FIGI that is listed, or of a ticker borne before, tells of the past only.
            var listing = listed[same.Key].OrderByDescending(one => one.Active).First();
            if (same.Any(stock => stock.Ticker == listing.Ticker || (!listing.Active && stock.Borne.Contains(listing.Ticker))))
                continue;
            var stock = same.OrderByDescending(one => one.Active).First();
            renamed.Add(new Renamed(stock.Id, same.Key, stock.Ticker, listing.Ticker, await History(same.Key, cancellationToken)));
        }
        return renamed;
    }

    /// <summary>The tickers of a company, oldest first; nothing where the key's plan does not tell them.</summary>
    public async Task<IReadOnlyList<TickerSince>> History(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await market.TickerHistory(id, cancellationToken);
        }
        catch (MarketDataRefused refusal) when (refusal.Reason == ItemReasons.NotEntitled)
        {
            return [];
        }
    }

    /// <summary>With the splits around the change, which costs a call for each.</summary>
    public async Task<IReadOnlyList<Renamed>> WithSplits(IReadOnlyList<Renamed> renamed, CancellationToken cancellationToken)
    {
        var withSplits = new List<Renamed>(renamed.Count);
        foreach (var one in renamed)
        {
            var day = one.Steps()[^1].Day;
            var splits = day is { } known
                ? (await market.Splits([one.To], known.AddDays(-Seam.DaysAround), known.AddDays(Seam.DaysAround), cancellationToken)).Good
                : [];
            withSplits.Add(one with { Splits = splits });
        }
        return withSplits;
    }

    /// <summary>Renames the stocks; answers those that were refused, which are delisted under the old ticker instead.</summary>
    /// <param name="renamed">Who is to be renamed.</param>
    /// <param name="bars">Bars that came along and are not stored yet.</param>
    /// <param name="cancellationToken">Stops it between two stocks.</param>
    public async Task<IReadOnlyList<RefusedRename>> Apply(
        IReadOnlyList<Renamed> renamed,
        IReadOnlyList<TickerBar> bars,
        CancellationToken cancellationToken
    )
    {
        var refused = new List<RefusedRename>();
        foreach (var one in renamed)
        {
            if (await FasterWriters.Retry(() => Apply(one, bars, cancellationToken)) is not { } told)
                continue;
            logger.LogWarning("Rename refused: {Told}", told);
            refused.Add(new RefusedRename(one.Figi, told));
        }
        return refused;
    }

    private async Task<string?> Apply(Renamed one, IReadOnlyList<TickerBar> bars, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<RenameOfOne>(scope.ServiceProvider, one, bars).Apply(cancellationToken);
    }

    private async Task<T> With<T>(Func<IDatabase, Task<T>> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IDatabase>());
    }
}
