using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>How a client names a stock: by id, by ticker, or both; neither names none.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Day">The day on which it was named so, if there is one.</param>
internal readonly record struct StockName(Id<Stock>? Id, string? Ticker, DateOnly? Day = null);

/// <summary>
/// The stocks that clients' names mean: the one of the id, else the one that bore the ticker on the day, else the active stock of the
/// ticker, else the last delisted one, else the last that bore it.
/// </summary>
internal sealed class StockNames
{
    private readonly HashSet<Id<Stock>> _ids;
    private readonly ILookup<string, Bearer> _byTicker;

    private StockNames(HashSet<Id<Stock>> ids, ILookup<string, Bearer> byTicker) => (_ids, _byTicker) = (ids, byTicker);

    public static async Task<StockNames> Of(IDatabase database, IEnumerable<StockName> names, CancellationToken cancellationToken)
    {
        var named = names.ToHashSet();
        var ids = named.Select(name => name.Id).OfType<Id<Stock>>().Distinct().ToList();
        var tickers = named.Select(name => name.Ticker).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var found =
            ids.Count == 0
                ? []
                : await database.Stocks.Where(stock => ids.Contains(stock.Id)).Select(stock => stock.Id).ToListAsync(cancellationToken);
        var bearers =
            tickers.Count == 0
                ? []
                : await database
                    .Symbols.Where(symbol => tickers.Contains(symbol.Ticker))
                    .Join(
                        database.Stocks,
                        symbol => symbol.StockId,
                        stock => stock.Id,
                        (symbol, stock) =>
                            new Bearer(stock.Id, symbol.Ticker, stock.Ticker == symbol.Ticker, stock.Active, symbol.From, symbol.To)
                    )
                    .ToListAsync(cancellationToken);
        return new StockNames(
            [.. found],
            bearers
                .OrderByDescending(bearer => bearer.Present && bearer.Active)
                .ThenByDescending(bearer => bearer.Present)
                .ThenByDescending(bearer => bearer.To ?? DateOnly.MaxValue)
                .ToLookup(bearer => bearer.Ticker, StringComparer.Ordinal)
        );
    }

    /// <summary>The stock of a name that is among those it was made of; null if there is none, or none was named.</summary>
    public Id<Stock>? Find(StockName name)
    {
        if (name.Id is { } id && _ids.Contains(id))
            return id;
        if (name.Ticker is not { } ticker)
            return null;
        var bearers = _byTicker[ticker];
        return (bearers.FirstOrDefault(bearer => name.Day is { } day && bearer.Bore(day)) ?? bearers.FirstOrDefault())?.Id;
    }

    /// <summary>The same; a stock that is named must be there.</summary>
    /// <exception cref="NotFound">It is not.</exception>
    public Id<Stock>? Need(StockName name) =>
        Find(name) ?? (name is { Id: null, Ticker: null } ? null : throw new NotFound("stock", name.Id?.ToString() ?? name.Ticker ?? ""));

    private sealed record Bearer(Id<Stock> Id, string Ticker, bool Present, bool Active, DateOnly? From, DateOnly? To)
    {
        public bool Bore(DateOnly day) => !(day < From) && !(day > To);
    }
}
