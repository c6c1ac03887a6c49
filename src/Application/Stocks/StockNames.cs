using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>How a client names a stock: by id, by ticker, or both; neither names none.</summary>
internal readonly record struct StockName(Id<Stock>? Id, string? Ticker);

/// <summary>The stocks that clients' names mean: the one of the id, else the active stock of the ticker, else the last delisted one.</summary>
internal sealed class StockNames
{
    private readonly HashSet<Id<Stock>> _ids;
    private readonly Dictionary<string, Id<Stock>> _byTicker;

    private StockNames(HashSet<Id<Stock>> ids, Dictionary<string, Id<Stock>> byTicker) => (_ids, _byTicker) = (ids, byTicker);

    public static async Task<StockNames> Of(IDatabase database, IEnumerable<StockName> names, CancellationToken cancellationToken)
    {
        var named = names.ToHashSet();
        var ids = named.Select(name => name.Id).OfType<Id<Stock>>().Distinct().ToList();
        var tickers = named.Select(name => name.Ticker).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count + tickers.Count == 0)
            return new StockNames([], []);
        var stocks = await database
            .Stocks.AsNoTracking()
            .Where(stock => ids.Contains(stock.Id) || tickers.Contains(stock.Ticker))
            .OrderByDescending(stock => stock.Active)
            .ThenByDescending(stock => stock.DelistedOn)
            .Select(stock => new { stock.Id, stock.Ticker })
            .ToListAsync(cancellationToken);
        return new StockNames(
            [.. stocks.Select(stock => stock.Id)],
            stocks.DistinctBy(stock => stock.Ticker, StringComparer.Ordinal).ToDictionary(stock => stock.Ticker, stock => stock.Id)
        );
    }

    /// <summary>The stock of a name that is among those it was made of; null if there is none, or none was named.</summary>
    public Id<Stock>? Find(StockName name) =>
        name.Id is { } id && _ids.Contains(id) ? id
        : name.Ticker is { } ticker && _byTicker.TryGetValue(ticker, out var stock) ? stock
        : null;

    /// <summary>The same; a stock that is named must be there.</summary>
    /// <exception cref="NotFound">It is not.</exception>
    public Id<Stock>? Need(StockName name) =>
        Find(name) ?? (name is { Id: null, Ticker: null } ? null : throw new NotFound("stock", name.Id?.ToString() ?? name.Ticker ?? ""));
}
