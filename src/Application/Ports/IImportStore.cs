using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Application.Ports;

/// <summary>Writes a whole import in bulk, all or nothing, together with what was changed of the portfolio that <see cref="IDatabase"/> gave.</summary>
public interface IImportStore
{
    /// <summary>Writes an import.</summary>
    /// <param name="import">The import.</param>
    /// <param name="recorded">Its new transactions.</param>
    /// <param name="replaced">Transactions that were voided for it.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="cancellationToken">Leaves nothing written.</param>
    /// <exception cref="Failures.Conflict">Another writer was faster.</exception>
    Task Store(
        Import import,
        IReadOnlyCollection<Transaction> recorded,
        IReadOnlyCollection<Transaction> replaced,
        IReadOnlyCollection<ImportRow> rows,
        CancellationToken cancellationToken
    );

    /// <summary>Writes that an import was undone, and its transactions that still counted were voided.</summary>
    /// <exception cref="Failures.Conflict">Another writer was faster.</exception>
    Task StoreUndo(Id<Import> importId, DateTimeOffset undoneAt, CancellationToken cancellationToken);
}
