using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Limits;

/// <summary>A lock on a table: whoever asks for it waits within the database until this is let go.</summary>
internal sealed class Held : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly string table;

    private Held(NpgsqlConnection connection, string table) => (this.connection, this.table) = (connection, table);

    /// <summary>Of every request that asks for customers.</summary>
    public static Task<Held> Customers(TestApp app, string? database = null) =>
        Lock(database ?? app.ConnectionString, "customers", "access exclusive");

    /// <summary>Of everybody who stores prices; who reads them goes on.</summary>
    public static Task<Held> WritersOfPrices(TestApp app) => Lock(app.ConnectionString, "daily_prices", "exclusive");

    /// <summary>Until so many wait for it.</summary>
    public async Task Holds(int requests)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // The locks of all databases are seen, and tables of two that were made alike have the same number.
        while (
            await Ask(
                $"""
                select count(*) from pg_locks
                where not granted and relation = '{table}'::regclass
                  and database = (select oid from pg_database where datname = current_database())
                """
            )
                is not long waiting
            || waiting < requests
        )
            await Task.Delay(20, limit.Token);
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private static async Task<Held> Lock(string connectionString, string table, string mode)
    {
        var held = new Held(
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString),
            table
        );
        await held.connection.OpenAsync();
        await held.Ask($"begin; lock table {table} in {mode} mode");
        return held;
    }

    private async Task<object?> Ask(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
