using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Imports;

/// <summary>Voids all entries of an import that still count, all at once; entries that they replaced stay void.</summary>
public sealed record UndoImport(Id<Portfolio> PortfolioId, Id<Import> ImportId) : IRequest;

internal sealed class UndoImportHandler(IDatabase database, IImportStore store, IPreconditions preconditions, TimeProvider clock)
    : IRequestHandler<UndoImport, Unit>
{
    public async Task<Unit> Handle(UndoImport request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var portfolio = await database.PortfolioOf(request.PortfolioId, cancellationToken);
        var known = await database.Imports.FirstOrDefaultAsync(
            import => import.Id == request.ImportId && import.PortfolioId == request.PortfolioId,
            cancellationToken
        );
        var import = NotFound.Unless(known, "import", request.ImportId);
        preconditions.Require(import.Version);
        var ledger = await database
            .Transactions.AsNoTracking()
            .Where(entry => entry.PortfolioId == portfolio.Id && entry.VoidedAt == null)
            .ToListAsync(cancellationToken);
        var entries = ledger.Where(entry => entry.ImportId == import.Id).ToList();
        var stocks = ledger.SelectMany(entry => new[] { entry.StockId, entry.IntoStockId }).OfType<Id<Stock>>().Distinct().ToList();
        var splits = await database.Splits.AsNoTracking().Where(split => stocks.Contains(split.StockId)).ToListAsync(cancellationToken);
        import.Undo(now);
        portfolio.Void(entries, PositionBook.Concerned(ledger, entries), splits, now);
        await store.StoreUndo(import.Id, now, cancellationToken);
        return Unit.Value;
    }
}
