using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>The ledger as a file that imports again to the same ledger: the entries that count, by date, or the void ones too.</summary>
public sealed record ExportTransactions(Id<Portfolio> PortfolioId, FileFormat? Format, bool? IncludeVoid) : IRequest<ExportedFile>;

/// <summary>A file that is written while it is sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its form.</param>
/// <param name="Write">Writes it to a stream.</param>
public sealed record ExportedFile(string Name, string MediaType, Func<Stream, CancellationToken, Task> Write);

internal sealed class ExportTransactionsHandler(IDatabase database) : IRequestHandler<ExportTransactions, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportTransactions request, CancellationToken cancellationToken)
    {
        await database.Require(request.PortfolioId, cancellationToken);
        var entries = database.Transactions.AsNoTracking().Where(entry => entry.PortfolioId == request.PortfolioId);
        if (request.IncludeVoid is not true)
            entries = entries.Where(entry => entry.VoidedAt == null);
        var tickers = await database
            .Stocks.Where(stock => entries.Any(entry => entry.StockId == stock.Id || entry.IntoStockId == stock.Id))
            .ToDictionaryAsync(stock => stock.Id, stock => stock.Ticker, cancellationToken);
        var rows = entries
            .OrderBy(entry => entry.Date)
            .ThenBy(entry => entry.Id)
            .AsAsyncEnumerable()
            .Select(entry => FileWriter.Cells(entry, TickerOf(entry.StockId), TickerOf(entry.IntoStockId)));
        return request.Format is FileFormat.Json
            ? new ExportedFile("transactions.json", "application/json", (stream, token) => FileWriter.Json(rows, stream, token))
            : new ExportedFile("transactions.csv", "text/csv", (stream, token) => FileWriter.Csv(rows, stream, token));

        string? TickerOf(Id<Stock>? stock) => stock is { } id ? tickers[id] : null;
    }
}
