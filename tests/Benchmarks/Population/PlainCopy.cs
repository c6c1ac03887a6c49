using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>The yardstick: the same rows, day by day in the same order, by nothing but binary COPY into a table of the same shape.</summary>
internal static class PlainCopy
{
    /// <summary>Copies every session's rows; answers their number and the time the copying took, reading them not counted.</summary>
    public static async Task<(long Rows, TimeSpan Time)> Of(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using (var table = source.CreateCommand("create table yardstick (like daily_prices including all)"))
            await table.ExecuteNonQueryAsync();
        await using var connection = await source.OpenConnectionAsync();
        var (rows, watch) = (0L, new Stopwatch());
        foreach (var day in await Days(source))
        {
            var session = await Read(source, day);
            watch.Start();
            await Copy(connection, session);
            watch.Stop();
            rows += session.Count;
        }
        await using var drop = source.CreateCommand("drop table yardstick");
        await drop.ExecuteNonQueryAsync();
        return (rows, watch.Elapsed);
    }

    private static async Task<List<DateOnly>> Days(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select distinct date from daily_prices order by date desc");
        command.CommandTimeout = 120;
        await using var reader = await command.ExecuteReaderAsync();
        var days = new List<DateOnly>();
        while (await reader.ReadAsync())
            days.Add(reader.GetFieldValue<DateOnly>(0));
        return days;
    }

    private static async Task<List<Row>> Read(NpgsqlDataSource source, DateOnly day)
    {
        await using var command = source.CreateCommand(
            "select stock_id, open, high, low, close, volume from daily_prices where date = $1 order by stock_id"
        );
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Row>();
        while (await reader.ReadAsync())
            rows.Add(
                new Row(
                    reader.GetGuid(0),
                    day,
                    reader.GetDecimal(1),
                    reader.GetDecimal(2),
                    reader.GetDecimal(3),
                    reader.GetDecimal(4),
                    reader.GetDecimal(5)
                )
            );
        return rows;
    }

    private static async Task Copy(NpgsqlConnection connection, List<Row> rows)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy yardstick (stock_id, date, open, high, low, close, volume) from stdin (format binary)"
        );
        foreach (var row in rows)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(row.StockId, NpgsqlDbType.Uuid);
            await writer.WriteAsync(row.Date, NpgsqlDbType.Date);
            await writer.WriteAsync(row.Open, NpgsqlDbType.Numeric);
            await writer.WriteAsync(row.High, NpgsqlDbType.Numeric);
            await writer.WriteAsync(row.Low, NpgsqlDbType.Numeric);
            await writer.WriteAsync(row.Close, NpgsqlDbType.Numeric);
            await writer.WriteAsync(row.Volume, NpgsqlDbType.Numeric);
        }
        await writer.CompleteAsync();
    }

    private readonly record struct Row(Guid StockId, DateOnly Date, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
}
