using Npgsql;

namespace CleanPortfolio.Testing;

/// <summary>How many rows each table of an app has, the queue's entries included: to show that a refusal left nothing behind.</summary>
public static class TableCounts
{
    /// <summary>By table.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Of(TestApp app)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var query = new NpgsqlCommand("select tablename from pg_tables where schemaname = 'public' order by 1", connection))
        await using (var reader = await query.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                tables.Add($"public.\"{reader.GetString(0)}\"");
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables.Append("hangfire.job"))
        {
            await using var count = new NpgsqlCommand($"select count(*) from {table}", connection);
            counts[table] = (long)(await count.ExecuteScalarAsync())!;
        }
        return counts;
    }
}
