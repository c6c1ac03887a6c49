using System.Data;
using CleanPortfolio.Application.Auditing;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.Database.Tables;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Infrastructure.Auditing;

/// <summary>Follows the stored audit log from its first entry to its last, in one snapshot, with hashes computed here and not by the database.</summary>
public sealed class AuditVerifier(PortfolioDb database)
{
    /// <summary>The whole log.</summary>
    /// <param name="mustHold">Hashes that were written down earlier and must still be in it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AuditChain> Verify(IEnumerable<string> mustHold, CancellationToken cancellationToken)
    {
        await using var snapshot = await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var chain = new AuditChain(mustHold);
        var entries = database.AuditEntries.AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
            chain.Follow(entry);
        var head = await database.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        chain.End(head?.Sequence ?? 0, head?.Hash ?? "");
        // Committed drafts are none: without the trigger they would stay where they are.
        chain.NeverLinked(await database.Set<AuditDraft>().CountAsync(cancellationToken));
        return chain;
    }
}
