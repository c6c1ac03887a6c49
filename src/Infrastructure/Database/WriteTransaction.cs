using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// A transaction of the scope's unit of work, or the part of it in the ambient one that a request with a key runs in: whoever began that
/// one commits it.
/// </summary>
internal sealed class WriteTransaction : IAsyncDisposable
{
    private readonly DatabaseFacade _database;
    private readonly IDbContextTransaction? _own;

    private WriteTransaction(DatabaseFacade database, IDbContextTransaction? own) => (_database, _own) = (database, own);

    /// <summary>Begins one, or joins the ambient one; the connection stays open until it is disposed of.</summary>
    public static async Task<WriteTransaction> Begin(DbContext context, CancellationToken cancellationToken)
    {
        if (Transaction.Current is null)
            return new WriteTransaction(context.Database, await context.Database.BeginTransactionAsync(cancellationToken));
        await context.Database.OpenConnectionAsync(cancellationToken);
        return new WriteTransaction(context.Database, null);
    }

    /// <summary>A scope out of any ambient transaction, for statements that must not be part of it or need one of their own.</summary>
    public static TransactionScope Apart() => new(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

    /// <summary>Commits what began here; what was joined is committed by who began it.</summary>
    public Task Commit(CancellationToken cancellationToken) => _own?.CommitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_own is null)
            await _database.CloseConnectionAsync();
        else
            await _own.DisposeAsync();
    }
}
