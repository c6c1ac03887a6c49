using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Stocks;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>Finds the stocks that rows name, and makes the rows entries; a stock that is not here is told with its row.</summary>
internal static class RowStocks
{
    public static async Task Find(
        IDatabase database,
        IReadOnlyList<PlannedRow> rows,
        Currency currency,
        CancellationToken cancellationToken
    )
    {
        var names = await StockNames.Of(
            database,
            rows.SelectMany(row => new[] { Then(row.Stock, row), Then(row.Into, row) }),
            cancellationToken
        );
        foreach (var row in rows)
        {
            var (stock, into) = (names.Find(Then(row.Stock, row)), names.Find(Then(row.Into, row)));
            if (Here(row, stock, row.Stock, Field.StockId, Field.Ticker) & Here(row, into, row.Into, Field.IntoStockId, Field.IntoTicker))
                Settle(row, row.Draft!.ToEntry(stock, into, currency));
        }
        await KeepKnownDividends(database, rows, cancellationToken);
    }

    private static StockName Then(StockName name, PlannedRow row) => name with { Day = row.Draft?.Date };

    private static bool Here(PlannedRow row, Id<Stock>? found, StockName name, Field id, Field ticker)
    {
        if (found is not null || name is { Id: null, Ticker: null })
            return true;
        row.Spoil(
            name.Ticker is { } unknown
                ? new RowFinding(
                    ticker.Name(),
                    unknown,
                    "stock.notFound",
                    "There is no stock of this ticker.",
                    "POST /stocks/population brings the stocks of tickers in"
                )
                : new RowFinding(id.Name(), name.Id.ToString(), "stock.notFound", "There is no stock of this id.")
        );
        return false;
    }

    // Two names of one stock are only seen to be that now.
    private static void Settle(PlannedRow row, Entry entry)
    {
        foreach (var (field, text) in TransactionShape.Problems(entry))
            row.Spoil(new RowFinding(Fields.Camel(field), null, "cell.invalid", text));
        if (row.DividendId is { } dividend && entry.Kind is not TransactionKind.Dividend)
            row.Spoil(new RowFinding(Field.DividendId.Name(), dividend.ToString(), "cell.invalid", $"does not belong to a {entry.Kind}."));
        if (row.Readable)
            row.Entry = entry;
    }

    // A file of another service names dividends that are not here: its rows are entries all the same, only not linked.
    private static async Task KeepKnownDividends(IDatabase database, IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        var named = rows.Where(row => row.DividendId is not null).ToList();
        if (named.Count == 0)
            return;
        var ids = named.Select(row => row.DividendId!.Value).Distinct().ToList();
        var stocks = await database
            .Dividends.Where(dividend => ids.Contains(dividend.Id))
            .ToDictionaryAsync(dividend => dividend.Id, dividend => dividend.StockId, cancellationToken);
        foreach (var row in named)
            if (!stocks.TryGetValue(row.DividendId!.Value, out var stock) || row.Entry?.StockId != stock)
                row.DividendId = null;
    }
}
