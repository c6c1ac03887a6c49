using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// What the role that the service runs as may do: read and write rows, change no table. Of the audit log it may hand in entries and read
/// them; what becomes a link of the chain is the database's own work.
/// </summary>
internal static class Grants
{
    /// <summary>Grants to a role that is there already what it lacks, and takes what it has too much of these tables.</summary>
    public static async Task To(string role, NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        using var names = new NpgsqlCommandBuilder();
        var (grantee, database) = (names.QuoteIdentifier(role), names.QuoteIdentifier(owner.Database!));
        // Hangfire's tables are made by its installer, so that nobody lists them here. A trigger on a temporary table, whose types and casts
        // are the role's own, would run these as the owner of audit_append: firing it needs no right, making a trigger of it does.
        await using var command = new NpgsqlCommand(
            $"""
            grant temporary on database {database} to {grantee};
            revoke create on schema public from public;
            grant usage on schema public, hangfire to {grantee};
            grant select, insert, update, delete on all tables in schema public, hangfire to {grantee};
            grant usage, select on all sequences in schema public, hangfire to {grantee};
            revoke insert, update, delete on audit_log, audit_head, "__EFMigrationsHistory" from {grantee};
            revoke update, delete on audit_drafts from {grantee};
            revoke execute on function audit_append() from public, {grantee};
            """,
            owner
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
