using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>What all writers of market data do alike: stage rows, keep their turn, announce what changed.</summary>
internal static class MarketStage
{
    /// <summary>Long enough for a whole market, short enough to be noticed.</summary>
    public const int TimeoutSeconds = 300;

    // One number for everyone who adds to market_changes: versions must become visible in their order.
    private const long ChangesLock = 0x0C1EA9_0001;

    // Those who store share it, who decides holds it alone: what was read to decide stays true until the decision is committed.
    private const long DecisionsLock = 0x0C1EA9_0002;

    /// <summary>
    /// Copies rows into a temporary table <c>stage</c> and runs statements on it, all in one transaction; <c>$1</c> is the instant. The last
    /// one tells, by the rows that it touches or counts, what changed.
    /// </summary>
    public static async Task<long> Store<T>(
        NpgsqlDataSource dataSource,
        Staged<T> staged,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (staged.Rows.Count == 0)
            return 0;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, $"select pg_advisory_xact_lock_shared({DecisionsLock})", cancellationToken);
        await Execute(connection, $"create temporary table stage ({staged.Columns}) on commit drop", cancellationToken);
        await Copy(connection, staged, cancellationToken);
        var changed = 0L;
        foreach (var statement in staged.Statements)
            changed = await Run(connection, statement, now, cancellationToken);
        if (changed > 0 && staged.Announce is not null)
            await staged.Announce(connection);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    /// <summary>Waits until nobody stores or decides; holds until the end of the transaction.</summary>
    public static Task TakeTurn(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Execute(connection, $"select pg_advisory_xact_lock({DecisionsLock})", cancellationToken);

    /// <summary>Tells readers that keep prices and splits in memory.</summary>
    public static async Task Announce(NpgsqlConnection connection, IEnumerable<Id<Stock>> stocks, CancellationToken cancellationToken)
    {
        var atMostTwo = stocks.Distinct().Take(2).ToList();
        await Execute(connection, $"do $$ begin perform pg_advisory_xact_lock({ChangesLock}); end $$", cancellationToken);
        await using var insert = new NpgsqlCommand("insert into market_changes (stock_id) values ($1)", connection);
        insert.Parameters.Add(
            new NpgsqlParameter { Value = atMostTwo is [var only] ? only.Value : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }
        );
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a statement; answers the rows that it touched.</summary>
    public static async Task<int> Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = TimeoutSeconds };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long> Run(NpgsqlConnection connection, string sql, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = TimeoutSeconds };
        if (sql.Contains("$1", StringComparison.Ordinal))
            command.Parameters.Add(new NpgsqlParameter { Value = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : reader.RecordsAffected;
    }

    private static async Task Copy<T>(NpgsqlConnection connection, Staged<T> staged, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync("copy stage from stdin (format binary)", cancellationToken);
        writer.Timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        foreach (var row in staged.Rows)
        {
            await writer.StartRowAsync(cancellationToken);
            await staged.Write(writer, row);
        }
        await writer.CompleteAsync(cancellationToken);
    }
}

/// <summary>Rows to be stored.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">Columns of the temporary table.</param>
/// <param name="Write">Writes a row's columns.</param>
/// <param name="Statements">What is to be done with them.</param>
/// <param name="Announce">Done last, when something changed.</param>
internal sealed record Staged<T>(
    IReadOnlyList<T> Rows,
    string Columns,
    Func<NpgsqlBinaryImporter, T, Task> Write,
    string[] Statements,
    Func<NpgsqlConnection, Task>? Announce
);
