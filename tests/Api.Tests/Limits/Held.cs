using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Limits;

/// <summary>A lock on the customers: every request that asks for them waits within the database until this is let go.</summary>
internal sealed class Held : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private Held(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<Held> Customers(TestApp app, string? database = null)
    {
        var held = new Held(
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database ?? app.ConnectionString) { Pooling = false }.ConnectionString)
        );
        await held.connection.OpenAsync();
        await held.Ask("begin; lock table customers in access exclusive mode");
        return held;
    }

    /// <summary>Until so many requests wait for it.</summary>
    public async Task Holds(int requests)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (
            await Ask("select count(*) from pg_locks where not granted and relation = 'customers'::regclass") is not long waiting
            || waiting < requests
        )
            await Task.Delay(20, limit.Token);
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task<object?> Ask(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
