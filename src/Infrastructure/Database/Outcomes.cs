using System.Transactions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// Effect and outcome in one ambient transaction, on one connection that everything in it shares; an advisory lock of that transaction
/// keeps two requests with one key apart.
/// </summary>
internal sealed class Outcomes(NpgsqlDataSource dataSource, TimeProvider clock) : IOutcomes, IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // Each holds a connection to its end, and some need a second one for a moment: they must not wait for each other's.
    private readonly SemaphoreSlim _turns = new(
        Math.Max(1, new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).MaxPoolSize / 2)
    );

    public async Task<KeptOutcome> Once(KeyedRequest request, Func<Task<Outcome?>> act, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await InOneTransaction(request, act, cancellationToken);
        }
        // What PostgreSQL says at the commit.
        catch (TransactionException e) when (e.InnerException is NpgsqlException inner)
        {
            throw Conflicts.Knows(inner) ? Conflicts.Of(inner) : inner;
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Forgets what is older than 24 hours.</summary>
    public async Task<int> Prune(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("delete from idempotency_keys where created_at < $1");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() - Kept });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public void Dispose() => _turns.Dispose();

    private async Task<KeptOutcome> InOneTransaction(KeyedRequest request, Func<Task<Outcome?>> act, CancellationToken cancellationToken)
    {
        using var transaction = new TransactionScope(
            TransactionScopeOption.Required,
            new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted, Timeout = TransactionManager.MaximumTimeout },
            TransactionScopeAsyncFlowOption.Enabled
        );
        var scope = SealedOutcome.Scope(request);
        if (await Find(scope, cancellationToken) is var (content, box))
            return content.AsSpan().SequenceEqual(request.Content)
                ? new KeptOutcome(SealedOutcome.Open(box, request), Replayed: true)
                : throw new RuleBroken(
                    "idempotency.otherRequest",
                    "This Idempotency-Key was used for a request with another path, query or body."
                );
        var outcome = await act();
        if (outcome is null)
            return new KeptOutcome(null, Replayed: false);
        await Keep(scope, request.Content, SealedOutcome.Seal(outcome, request), cancellationToken);
        transaction.Complete();
        return new KeptOutcome(outcome, Replayed: false);
    }

    private async Task<(byte[] Content, byte[] Box)?> Find(byte[] scope, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (
            var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 5))", connection)
        )
        {
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = scope });
            if (await command.ExecuteScalarAsync(cancellationToken) is not true)
                throw new Conflict("idempotency.inProgress", "A request with this Idempotency-Key is at work; ask again when it is over.");
        }
        // Only now, so that it sees what the last holder of the lock committed.
        await using var find = new NpgsqlCommand(
            "select content, outcome from idempotency_keys where scope = $1 and created_at >= $2",
            connection
        );
        find.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = scope });
        find.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() - Kept });
        await using var reader = await find.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    private async Task Keep(byte[] scope, byte[] content, byte[] box, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            insert into idempotency_keys (scope, content, outcome, created_at) values ($1, $2, $3, $4)
            on conflict (scope) do update
            set (content, outcome, created_at) = (excluded.content, excluded.outcome, excluded.created_at)
            """
        );
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = scope });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = content });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = box });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
