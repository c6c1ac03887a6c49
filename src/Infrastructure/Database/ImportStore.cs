using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>The portfolio's version goes first: of two imports into one ledger the slower waits there, and is then refused.</summary>
internal sealed class ImportStore(PortfolioDb database) : IImportStore
{
    public async Task Store(
        Import import,
        IReadOnlyCollection<Transaction> recorded,
        IReadOnlyCollection<Transaction> replaced,
        IReadOnlyCollection<ImportRow> rows,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await WriteTransaction.Begin(database, cancellationToken);
        database.Imports.Add(import);
        await database.SaveChanges(cancellationToken);
        try
        {
            await Void(replaced, cancellationToken);
            await BulkCopy.Write(database, recorded, cancellationToken);
            await BulkCopy.Write(database, rows, cancellationToken);
            await transaction.Commit(cancellationToken);
        }
        catch (PostgresException e) when (Conflicts.Knows(e))
        {
            throw Conflicts.Of(e);
        }
    }

    public async Task StoreUndo(Id<Import> importId, DateTimeOffset undoneAt, CancellationToken cancellationToken)
    {
        await using var transaction = await WriteTransaction.Begin(database, cancellationToken);
        await database.SaveChanges(cancellationToken);
        await database
            .Transactions.Where(entry => entry.ImportId == importId && entry.VoidedAt == null)
            .ExecuteUpdateAsync(entry => entry.SetProperty(voided => voided.VoidedAt, undoneAt), cancellationToken);
        await transaction.Commit(cancellationToken);
    }

    private async Task Void(IReadOnlyCollection<Transaction> replaced, CancellationToken cancellationToken)
    {
        foreach (var sameInstant in replaced.GroupBy(entry => entry.VoidedAt))
        {
            var ids = sameInstant.Select(entry => entry.Id).ToList();
            var voided = await database
                .Transactions.Where(entry => ids.Contains(entry.Id) && entry.VoidedAt == null)
                .ExecuteUpdateAsync(entry => entry.SetProperty(old => old.VoidedAt, sameInstant.Key), cancellationToken);
            if (voided != ids.Count)
                throw new Conflict(Conflict.ConcurrentChange, "Someone else voided an entry in the same moment; import again.");
        }
    }
}
