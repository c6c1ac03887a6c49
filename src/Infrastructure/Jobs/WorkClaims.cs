using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure.Database;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Jobs;

/// <summary>
/// Claims as PostgreSQL's advisory locks, each on a connection of its own: the server gives them back when the connection ends, also that of
/// a killed process; the keep-alive settings bound how long a host that lost its power keeps them. They are never waited for, so that no
/// two can wait for each other.
/// </summary>
internal sealed class WorkClaims(NpgsqlDataSource dataSource) : IWorkClaims
{
    private const string KeepAlive = "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;";

    // The second number tells these locks from all others that are taken by text.
    private const string Key = "hashtextextended(unit, 4)";

    public async Task<IAsyncDisposable?> Try(IReadOnlyList<string> units, CancellationToken cancellationToken)
    {
        var claim = new Claim(await Connection(cancellationToken));
        try
        {
            // The same order for everybody; all are tried, and a part is given back with the rest.
            if (await claim.Ask($"select bool_and(pg_try_advisory_lock({Key})) from unnest($1) unit", units, cancellationToken))
                return claim;
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
        await claim.DisposeAsync();
        return null;
    }

    public async Task<IAsyncDisposable> Share(string unit, CancellationToken cancellationToken)
    {
        var claim = new Claim(await Connection(cancellationToken));
        await claim.Ask($"select pg_try_advisory_lock_shared({Key}) from unnest($1) unit", [unit], cancellationToken);
        return claim;
    }

    public async Task<bool> IsTaken(string unit, CancellationToken cancellationToken)
    {
        await using var claim = await Try([unit], cancellationToken);
        return claim is null;
    }

    private async Task<NpgsqlConnection> Connection(CancellationToken cancellationToken)
    {
        using var apart = WriteTransaction.Apart();
        return await dataSource.OpenConnectionAsync(cancellationToken);
    }

    private sealed class Claim(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async Task<bool> Ask(string sql, IReadOnlyList<string> units, CancellationToken cancellationToken)
        {
            await using (var settings = new NpgsqlCommand(KeepAlive, connection))
                await settings.ExecuteNonQueryAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddWithValue(units.ToArray());
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }

        // Not left to the pool, which resets a connection only when it is used next.
        public async ValueTask DisposeAsync()
        {
            try
            {
                await using var command = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The connection is gone, and its locks with it.
            }
            await connection.DisposeAsync();
        }
    }
}
