using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Prices come by the million, and most of them are of days that have none yet: those are copied straight into their table.</summary>
internal sealed partial class MarketStore
{
    private const string PriceColumns = "stock_id, date, open, high, low, close, volume";

    // Copied while somebody is being served: the server has some 2 ms of work with them, which a request may have to wait for.
    private const int RowsPerPart = 500;

    public async Task<long> StorePrices(IReadOnlyList<DailyPrice> prices, long? symbols, CancellationToken cancellationToken)
    {
        if (prices.Count == 0)
            return 0;
        var sorted = prices.ToArray();
        Array.Sort(sorted, (a, b) => a.StockId == b.StockId ? a.Date.CompareTo(b.Date) : a.StockId.CompareTo(b.StockId));
        var days = new ChangedDays(sorted.Min(price => price.Date), sorted.Max(price => price.Date));
        var staged = new Staged<DailyPrice>(
            sorted,
            "stock_id uuid, date date, open numeric, high numeric, low numeric, close numeric, volume numeric",
            (writer, price) => Write(writer, price, cancellationToken),
            PriceStatements.All,
            connection => MarketStage.Announce(connection, sorted.Select(price => price.StockId), days, cancellationToken)
        )
        {
            Symbols = symbols,
            AllNew = async (connection, transaction) =>
            {
                // The symbols that they were placed by name no other ones.
                if (symbols is null)
                    await RefuseUnknown(connection, sorted, cancellationToken);
                return await CopyNew(connection, transaction, sorted, days, cancellationToken);
            },
        };
        var stored = await MarketStage.Store(dataSource, staged, clock.GetUtcNow(), cancellationToken);
        metrics.PricesStored(stored);
        return stored;
    }

    // False, and nothing is copied, when a day is there already or something of these days is kept out.
    private async Task<bool> CopyNew(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<DailyPrice> prices,
        ChangedDays days,
        CancellationToken cancellationToken
    )
    {
        if (await IsAnyKeptOut(connection, days, cancellationToken))
            return false;
        // Nobody is told of these rows before their item is checked off, and the commit of that makes this one durable too.
        await MarketStage.Execute(connection, "set local synchronous_commit = off", cancellationToken);
        await transaction.SaveAsync(nameof(CopyNew), cancellationToken);
        try
        {
            for (var copied = 0; copied < prices.Count; )
                copied += await CopyPart(connection, prices, copied, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            await transaction.RollbackAsync(nameof(CopyNew), cancellationToken);
            return false;
        }
        await transaction.ReleaseAsync(nameof(CopyNew), cancellationToken);
        return true;
    }

    // All that is left, or a part where requests go first; answers how many. Within one COPY the server would be behind by what it was sent already.
    private async Task<int> CopyPart(
        NpgsqlConnection connection,
        IReadOnlyList<DailyPrice> prices,
        int start,
        CancellationToken cancellationToken
    )
    {
        await rightOfWay.GiveWay(cancellationToken);
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy daily_prices ({PriceColumns}) from stdin (format binary)",
            cancellationToken
        );
        writer.Timeout = TimeSpan.FromSeconds(MarketStage.TimeoutSeconds);
        var next = start;
        do
        {
            for (var end = Math.Min(next + RowsPerPart, prices.Count); next < end; next++)
            {
                await writer.StartRowAsync(cancellationToken);
                await Write(writer, prices[next], cancellationToken);
            }
        } while (next < prices.Count && !rightOfWay.IsWanted);
        await writer.CompleteAsync(cancellationToken);
        return next - start;
    }

    // The table has no foreign key. A stock goes under the lock that is shared here, so it stays until the commit.
    private static async Task RefuseUnknown(
        NpgsqlConnection connection,
        IReadOnlyList<DailyPrice> prices,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "select told from unnest($1) told where not exists (select from stocks where id = told) limit 1",
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = prices.Select(price => price.StockId.Value).Distinct().ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            }
        );
        if (await command.ExecuteScalarAsync(cancellationToken) is Guid unknown)
            throw new RuleBroken("prices.noStock", $"There is no stock {unknown}.");
    }

    private static async Task<bool> IsAnyKeptOut(NpgsqlConnection connection, ChangedDays days, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select exists (
              select from quarantined_rows where kind = 'bar' and status in ('held', 'dismissed') and stock_id is not null
                and date between $1 and $2)
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = days.From });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = days.To });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task Write(NpgsqlBinaryImporter writer, DailyPrice price, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(price.StockId.Value, NpgsqlDbType.Uuid, cancellationToken);
        await writer.WriteAsync(price.Date, NpgsqlDbType.Date, cancellationToken);
        await writer.WriteAsync(price.Open, NpgsqlDbType.Numeric, cancellationToken);
        await writer.WriteAsync(price.High, NpgsqlDbType.Numeric, cancellationToken);
        await writer.WriteAsync(price.Low, NpgsqlDbType.Numeric, cancellationToken);
        await writer.WriteAsync(price.Close, NpgsqlDbType.Numeric, cancellationToken);
        await writer.WriteAsync(price.Volume, NpgsqlDbType.Numeric, cancellationToken);
    }
}
