using CleanPortfolio.Application.Failures;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Infrastructure.Auditing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ambient = System.Transactions.Transaction;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>How changes are saved: with what the audit log is told, within whatever transaction there is, and with refusals that have a code.</summary>
public sealed partial class PortfolioDb
{
    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Once for the trail and for the saving: it looks at every entity that is tracked.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        var trail = new AuditTrail(caller.Current, clock);
        var drafts = trail.Of(ChangeTracker).Concat(_told.Select(trail.Of)).ToList();
        AddRange(drafts);
        try
        {
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            _told.Clear();
            return saved;
        }
        finally
        {
            drafts.ForEach(draft => Entry(draft).State = EntityState.Detached);
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <inheritdoc/>
    public async Task SaveChanges(CancellationToken cancellationToken)
    {
        try
        {
            if (Ambient.Current is not null)
                await SaveWithinAmbient(cancellationToken);
            else if (SymbolsChange && Database.CurrentTransaction is null)
                await SaveSymbols(cancellationToken);
            else
                await Save(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new Conflict(Conflict.ConcurrentChange, "Someone else changed it in the same moment; read it again and decide anew.");
        }
        catch (DbUpdateException e) when (Conflicts.Knows(e.InnerException))
        {
            throw Conflicts.Of(e.InnerException);
        }
        // A constraint that is checked at the commit.
        catch (PostgresException e) when (Conflicts.Knows(e))
        {
            throw Conflicts.Of(e);
        }
    }

    // As the framework does within a transaction that it knows: what is refused leaves the transaction usable.
    private async Task SaveWithinAmbient(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await Database.ExecuteSqlRawAsync("savepoint saving", cancellationToken);
            await Save(cancellationToken);
            await Database.ExecuteSqlRawAsync("release savepoint saving", cancellationToken);
        }
        catch (DbUpdateException)
        {
            await Database.ExecuteSqlRawAsync("rollback to savepoint saving", CancellationToken.None);
            throw;
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    private bool SymbolsChange => ChangeTracker.Entries<Symbol>().Any(entry => entry.State is not EntityState.Unchanged);

    private async Task SaveSymbols(CancellationToken cancellationToken)
    {
        await using var own = await Database.BeginTransactionAsync(cancellationToken);
        await Save(cancellationToken);
        await own.CommitAsync(cancellationToken);
    }

    // The version of the symbols first: two who change them wait for each other here, and nowhere else.
    private async Task Save(CancellationToken cancellationToken)
    {
        if (SymbolsChange)
            await Database.ExecuteSqlRawAsync(SymbolVersions.Raise, cancellationToken);
        await SaveChangesAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> IsOutdated(CancellationToken cancellationToken)
    {
        foreach (var entry in ChangeTracker.Entries<Portfolio>().ToList())
        {
            var (id, version) = (entry.Entity.Id, entry.Property(portfolio => portfolio.Version).OriginalValue);
            if (!await Portfolios.AnyAsync(portfolio => portfolio.Id == id && portfolio.Version == version, cancellationToken))
                return true;
        }
        return false;
    }
}
