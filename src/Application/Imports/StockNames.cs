using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>The stocks that a file names, by id and by ticker: the active stock of a ticker, else the last delisted one.</summary>
internal sealed class StockNames
{
    private readonly HashSet<Id<Stock>> _ids;
    private readonly Dictionary<string, Id<Stock>> _byTicker;

    private StockNames(HashSet<Id<Stock>> ids, Dictionary<string, Id<Stock>> byTicker) => (_ids, _byTicker) = (ids, byTicker);

    public static async Task<StockNames> Of(IDatabase database, IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        var named = rows.Where(row => row.Readable).ToList();
        var ids = named.Select(row => row.StockId).OfType<Id<Stock>>().Distinct().ToList();
        var tickers = named.Select(row => row.Ticker).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
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

    /// <summary>The stock of a row; null if it names one that is not here, which is told with the row.</summary>
    public Found? Find(PlannedRow row)
    {
        if (row.StockId is { } id && _ids.Contains(id))
            return new Found(id);
        if (row.Ticker is { } ticker && _byTicker.TryGetValue(ticker, out var stock))
            return new Found(stock);
        if (row.StockId is null && row.Ticker is null)
            return new Found(null);
        row.Spoil(
            row.Ticker is { } unknown
                ? new RowFinding(
                    Field.Ticker.Name(),
                    unknown,
                    "stock.notFound",
                    "There is no stock of this ticker.",
                    "POST /stocks/population brings the stocks of tickers in"
                )
                : new RowFinding(Field.StockId.Name(), row.StockId.ToString(), "stock.notFound", "There is no stock of this id.")
        );
        return null;
    }

    /// <summary>The stock, or none for an entry without one.</summary>
    public sealed record Found(Id<Stock>? Id);
}
