using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>The role that a service on a private server runs as, so that what it may not do in production it may not do at home either.</summary>
public static class AppRole
{
    /// <summary>Its name; it can sign in and owns nothing.</summary>
    public const string Name = "cleanportfolio_app";

    private const long RoleLock = 0x0C1EA9_0003;

    /// <summary>Makes the role unless it is there. Returns a connection string of its own to the database of the owner's.</summary>
    /// <param name="ownerConnectionString">Of somebody who may make roles.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<string> Ensure(string ownerConnectionString, CancellationToken cancellation)
    {
        var mine = new NpgsqlConnectionStringBuilder(ownerConnectionString);
        // The same for all who share the server, and nothing that has to be kept.
        var password = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(mine.Password ?? ""), Encoding.UTF8.GetBytes(Name))
        );
        var maintenance = new NpgsqlConnectionStringBuilder(ownerConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            select pg_advisory_lock({RoleLock});
            do $$ begin create role {Name}; exception when duplicate_object then null; end $$;
            alter role {Name} login password '{password}';
            """,
            connection
        );
        await command.ExecuteNonQueryAsync(cancellation);
        (mine.Username, mine.Password) = (Name, password);
        return mine.ConnectionString;
    }
}
