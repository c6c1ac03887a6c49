using CleanPortfolio.Application.Ports;
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

    /// <summary>Of those who write dividends.</summary>
    public const long DividendsLock = 0x0C1EA9_0003;

    // More than a reader keeps; it may be late.
    private const int ChangesKept = 10_000;

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
        if (staged.Symbols is { } version && version != await SymbolVersions.Hold(connection, cancellationToken))
            throw new SymbolsChanged();
        var changed =
            staged.AllNew is not null && await staged.AllNew(connection, transaction)
                ? staged.Rows.Count
                : await Stage(connection, staged, now, cancellationToken);
        if (staged.AtLast is not null)
            await staged.AtLast(connection);
        if (changed > 0 && staged.Announce is not null)
            await staged.Announce(connection);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    private static async Task<long> Stage<T>(
        NpgsqlConnection connection,
        Staged<T> staged,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await Execute(connection, $"create temporary table stage ({staged.Columns}) on commit drop", cancellationToken);
        await Copy(connection, staged, cancellationToken);
        var changed = 0L;
        foreach (var statement in staged.Statements)
            changed = await Run(connection, statement, now, cancellationToken);
        return changed;
    }

    /// <summary>Waits until nobody stores or decides; holds until the end of the transaction.</summary>
    public static Task TakeTurn(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Execute(connection, $"select pg_advisory_xact_lock({DecisionsLock})", cancellationToken);

    /// <summary>Tells readers that keep prices and splits in memory. Who did not look for thousands of changes reads all anew.</summary>
    /// <param name="connection">Of the transaction that changed them.</param>
    /// <param name="stocks">Whose they are.</param>
    /// <param name="days">Days of which prices changed, and nothing else; null when splits did, too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task Announce(
        NpgsqlConnection connection,
        IEnumerable<Id<Stock>> stocks,
        ChangedDays? days,
        CancellationToken cancellationToken
    )
    {
        var atMostTwo = stocks.Distinct().Take(2).ToList();
        await Execute(connection, $"do $$ begin perform pg_advisory_xact_lock({ChangesLock}); end $$", cancellationToken);
        await using var insert = new NpgsqlCommand(
            $"""
            with added as (insert into market_changes (stock_id, first_day, last_day) values ($1, $2, $3) returning version)
            delete from market_changes where version <= (select version from added) - {ChangesKept}
            """,
            connection
        );
        Add(atMostTwo is [var only] ? only.Value : null, NpgsqlDbType.Uuid);
        Add(days?.From, NpgsqlDbType.Date);
        Add(days?.To, NpgsqlDbType.Date);
        await insert.ExecuteNonQueryAsync(cancellationToken);

        void Add(object? value, NpgsqlDbType type) =>
            insert.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
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
)
{
    /// <summary>Version of the symbols by which the rows were given to stocks: if it is another one now, nothing is stored.</summary>
    public long? Symbols { get; init; }

    /// <summary>Reads what the statements left behind.</summary>
    public Func<NpgsqlConnection, Task>? AtLast { get; init; }

    /// <summary>Stores all rows straight away, or none and answers false.</summary>
    public Func<NpgsqlConnection, NpgsqlTransaction, Task<bool>>? AllNew { get; init; }
}
