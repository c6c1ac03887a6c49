using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Stocks;

/// <summary>A stock that was found, and how well it fits: the smaller the rank the better.</summary>
internal sealed record StockHit
{
    public required Id<Stock> StockId { get; init; }
    public required string Ticker { get; init; }
    public required bool Active { get; init; }
    public required int Rank { get; init; }
}

/// <summary>
/// The ranks of a search: 0 is the ticker, 1 was the ticker, 2 the ticker begins so, 3 a former one began so, 4 every word begins a word of
/// the name, 5 every word is a part of it. Each way has an index; a stock counts by the best one.
/// </summary>
internal static class StockHits
{
    // Of less letters the index of parts knows nothing.
    private const int LeastPart = 3;

    public static IQueryable<StockHit> Of(IDatabase database, string? search, string? ticker)
    {
        if (search is not { Length: > 0 } text)
            return ticker is null ? All(database.Stocks) : OfTicker(database, ticker);
        var stocks = Found(database, text);
        return ticker is null ? stocks : stocks.Where(hit => hit.Ticker == ticker);
    }

    private static IQueryable<StockHit> All(IQueryable<Stock> stocks) =>
        stocks.Select(stock => new StockHit
        {
            StockId = stock.Id,
            Ticker = stock.Ticker,
            Active = stock.Active,
            Rank = 0,
        });

    private static IQueryable<StockHit> OfTicker(IDatabase database, string ticker) =>
        database
            .Symbols.Where(symbol => symbol.Ticker == ticker)
            .Join(
                database.Stocks,
                symbol => symbol.StockId,
                stock => stock.Id,
                (_, stock) =>
                    new StockHit
                    {
                        StockId = stock.Id,
                        Ticker = stock.Ticker,
                        Active = stock.Active,
                        Rank =
                            stock.Ticker != ticker ? 2
                            : stock.Active ? 0
                            : 1,
                    }
            )
            .Distinct();

    private static IQueryable<StockHit> Found(IDatabase database, string search)
    {
        var folded = search.ToLowerInvariant();
        var ways = database
            .Symbols.Where(symbol => symbol.Folded.StartsWith(folded))
            .Join(
                database.Stocks,
                symbol => symbol.StockId,
                stock => stock.Id,
                (symbol, stock) =>
                    new StockHit
                    {
                        StockId = stock.Id,
                        Ticker = stock.Ticker,
                        Active = stock.Active,
                        Rank = (symbol.Folded == folded ? 0 : 2) + (symbol.Ticker == stock.Ticker ? 0 : 1),
                    }
            );
        var words = SearchWords.Split(search).Distinct(StringComparer.Ordinal).ToList();
        if (words.Count > 0)
            ways = ways.Concat(Named(database.Stocks, words.Select(word => $"% {word}%"), 4));
        if (words.Count > 0 && words.TrueForAll(word => word.Length >= LeastPart))
            ways = ways.Concat(Named(database.Stocks, words.Select(word => $"%{word}%"), 5));
        return ways.GroupBy(hit => new
            {
                hit.StockId,
                hit.Ticker,
                hit.Active,
            })
            .Select(same => new StockHit
            {
                StockId = same.Key.StockId,
                Ticker = same.Key.Ticker,
                Active = same.Key.Active,
                Rank = same.Min(hit => hit.Rank),
            });
    }

    // Words are letters and digits: none of them means anything in a pattern.
    private static IQueryable<StockHit> Named(IQueryable<Stock> stocks, IEnumerable<string> patterns, int rank)
    {
        foreach (var pattern in patterns)
            stocks = stocks.Where(stock => EF.Functions.Like(stock.NameWords, pattern));
        return stocks.Select(stock => new StockHit
        {
            StockId = stock.Id,
            Ticker = stock.Ticker,
            Active = stock.Active,
            Rank = rank,
        });
    }
}
