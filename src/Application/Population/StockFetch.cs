using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Asks for everything about one stock. Its prices follow the symbol, not the company: the days before a rename are asked for under the
/// ticker that it bore then.
/// </summary>
internal sealed class StockFetch(IMarketData market, Renames renames, IServiceScopeFactory scopes)
{
    public async Task<IFetched> Fetch(string ticker, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var listing =
            await market.FindListing(ticker, cancellationToken)
            ?? await Successor(ticker, cancellationToken)
            ?? throw new MarketDataRefused(ItemReasons.UnknownSymbol, $"The provider knows no ticker {ticker}, active or delisted.");
        var renamed = await renames.Find([listing], cancellationToken);
        var parts = new List<TickerRows>();
        foreach (var days in await Symbols(listing, renamed, from, to, cancellationToken))
            parts.Add(
                new TickerRows(
                    days.Ticker,
                    await market.Bars(days.Ticker, days.From, days.To, cancellationToken),
                    (await market.Splits(days.Ticker, days.From, days.To, cancellationToken)).OneOfEachDay(),
                    await market.Dividends(days.Ticker, days.From, days.To, cancellationToken)
                )
            );
        return new FetchedStock(
            listing,
            [.. renamed.Select(one => one with { Splits = [.. parts.SelectMany(part => part.Splits.Good)] })],
            parts
        );
    }

    // Nobody is listed under it any more, but a stock that bore it is here.
    private async Task<Listing?> Successor(string ticker, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var present = await scope
            .ServiceProvider.GetRequiredService<IDatabase>()
            .Stocks.Where(stock => stock.Active && stock.Ticker != ticker && stock.Symbols.Any(symbol => symbol.Ticker == ticker))
            .Select(stock => stock.Ticker)
            .FirstOrDefaultAsync(cancellationToken);
        return present is null ? null : await market.FindListing(present, cancellationToken);
    }

    private async Task<IReadOnlyList<SymbolDays>> Symbols(
        Listing listing,
        IReadOnlyList<Renamed> renamed,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var id = renamed is [var one]
            ? one.Stock
            : await database
                .Stocks.Where(stock =>
                    stock.Ticker == listing.Ticker
                    && stock.Active == listing.Active
                    && (stock.Figi == null || listing.Figi == null || stock.Figi == listing.Figi)
                )
                .Select(stock => (Domain.Id<Stock>?)stock.Id)
                .FirstOrDefaultAsync(cancellationToken);
        var chain = await database
            .Symbols.AsNoTracking()
            .Where(symbol => symbol.StockId == id)
            .Select(symbol => new ValueTuple<string, DateOnly?, DateOnly?>(symbol.Ticker, symbol.From, symbol.To))
            .ToListAsync(cancellationToken);
        foreach (var (ticker, day) in renamed.SelectMany(change => change.Steps()))
        {
            chain = [.. chain.Select(symbol => symbol.Item3 is null ? (symbol.Item1, symbol.Item2, day?.AddDays(-1)) : symbol)];
            chain.Add((ticker, day, null));
        }
        return chain.Count > 1 ? SymbolDays.Within(chain, from, to) : [new SymbolDays(listing.Ticker, from, to)];
    }
}

/// <summary>What the provider gave under one ticker.</summary>
internal sealed record TickerRows(string Ticker, Rows<Bar> Bars, Rows<ProviderSplit> Splits, Rows<ProviderDividend> Dividends);

internal sealed record FetchedStock(Listing Listing, IReadOnlyList<Renamed> Renamed, IReadOnlyList<TickerRows> Parts) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        var bars = Parts.SelectMany(part => part.Bars.Good.Select(bar => new TickerBar(part.Ticker, bar))).ToList();
        var refused = await writer.Rename(Renamed, bars, cancellationToken);
        await writer.Listings([Listing], [.. refused.Select(one => one.Figi).OfType<string>()], cancellationToken);
        // What is dated before a listing is of whoever bore the ticker then.
        var stocks = await writer.Stocks([Listing.Ticker, .. Parts.Select(part => part.Ticker)], cancellationToken);
        var written =
            await writer.Splits([.. Parts.SelectMany(part => part.Splits.Good)], stocks, cancellationToken)
            + await writer.Dividends([.. Parts.SelectMany(part => part.Dividends.Good)], stocks, cancellationToken)
            + await writer.Bars(bars, stocks, cancellationToken);
        return Stored.Of(
            written,
            [
                .. refused.Select(one => one.Told),
                .. Parts.SelectMany(part => part.Bars.Rejected.Concat(part.Splits.Rejected).Concat(part.Dividends.Rejected)),
            ],
            noData: bars.Count == 0
        );
    }
}
