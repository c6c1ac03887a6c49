using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// How often <c>stock_symbols</c> was changed, in one row. Who changes symbols locks it first and until the commit, who stores rows that were
/// placed by them shares it: so no row goes to a stock that lost its ticker meanwhile, or is gone.
/// </summary>
internal static class SymbolVersions
{
    /// <summary>Counts a change that is about to be saved in the same transaction.</summary>
    public const string Raise = """
        insert into symbol_version as old (id, version) values (1, 1)
        on conflict (id) do update set version = old.version + 1
        """;

    /// <summary>The version, without holding it.</summary>
    public static async Task<long> Look(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select version from symbol_version");
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    /// <summary>The version, which stays until the transaction ends.</summary>
    public static async Task<long> Hold(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select version from symbol_version for share", connection);
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }
}
