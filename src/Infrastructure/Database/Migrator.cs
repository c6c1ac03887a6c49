using CleanPortfolio.Domain.Calendars;
using Hangfire.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Brings a database to the version of this program: tables, the queue's own schema, the trading calendar.</summary>
public sealed class Migrator(PortfolioDb database, NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const long MigrationLock = 0x0C1EA9_0002;
    private static readonly DateOnly CalendarStart = new(1998, 1, 1);

    /// <summary>Applies what is missing; several at once wait for each other, and a second run changes nothing.</summary>
    /// <param name="appRole">The role that the service runs as, which is let use the tables; null when that is their owner.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task Migrate(string? appRole, CancellationToken cancellationToken)
    {
        await using var connection = await Open(cancellationToken);
        // Migrations lock each for itself only, so that a second migrator would repeat the later ones; the queue's installer not at all.
        await Execute(connection, $"select pg_advisory_lock({MigrationLock})", cancellationToken);
        try
        {
            await database.Database.MigrateAsync(cancellationToken);
            PostgreSqlObjectsInstaller.Install(connection, "hangfire");
            await StoreCalendar(connection, cancellationToken);
            if (appRole is not null)
                await Grants.To(appRole, connection, cancellationToken);
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    /// <summary>Migrations that this database still lacks.</summary>
    public async Task<IReadOnlyList<string>> Pending(CancellationToken cancellationToken) =>
        [.. await database.Database.GetPendingMigrationsAsync(cancellationToken)];

    private async Task<NpgsqlConnection> Open(CancellationToken cancellationToken)
    {
        try
        {
            return await dataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await database.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
            return await dataSource.OpenConnectionAsync(cancellationToken);
        }
    }

    private async Task StoreCalendar(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var end = UsMarketCalendar.DateOf(clock.GetUtcNow()).AddYears(2);
        DateOnly[] days = [.. UsMarketCalendar.Sessions(CalendarStart, end)];
        TimeOnly[] closes = [.. days.Select(day => UsMarketCalendar.CloseOn(day)!.Value)];
        await using var command = new NpgsqlCommand(
            """
            insert into trading_days (exchange, date, closes_at)
            select $1, day, closes_at from unnest($2, $3) as session (day, closes_at)
            on conflict (exchange, date) do update set closes_at = excluded.closes_at where trading_days.closes_at <> excluded.closes_at
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TradingDay.UnitedStates });
        command.Parameters.Add(new NpgsqlParameter { Value = days, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        command.Parameters.Add(new NpgsqlParameter { Value = closes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Time });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
