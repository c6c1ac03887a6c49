using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Prices come by the million, and most of them are of days that have none yet: those are copied straight into their table.</summary>
internal sealed partial class MarketStore
{
    private const string PriceColumns = "stock_id, date, open, high, low, close, volume";

    public async Task<long> StorePrices(IReadOnlyList<DailyPrice> prices, CancellationToken cancellationToken)
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
            [
                // A day that an operator priced keeps its price; what the provider says is remembered.
                """
                update manual_prices m
                set (provider_open, provider_high, provider_low, provider_close, provider_volume) = (s.open, s.high, s.low, s.close, s.volume)
                from stage s where (m.stock_id, m.date) = (s.stock_id, s.date)
                """,
                "delete from stage s using manual_prices m where (m.stock_id, m.date) = (s.stock_id, s.date)",
                // What is kept out does not come back by being told again.
                """
                delete from stage s using quarantined_rows q
                where q.kind = 'bar' and q.reason = 'jump' and q.status in ('held', 'dismissed') and (q.stock_id, q.date) = (s.stock_id, s.date)
                  and q.content @> jsonb_build_object(
                    'open', trim_scale(s.open)::text, 'high', trim_scale(s.high)::text, 'low', trim_scale(s.low)::text,
                    'close', trim_scale(s.close)::text, 'volume', trim_scale(s.volume)::text)
                """,
                """
                update quarantined_rows q set status = 'superseded', decided_at = $1
                from stage s where q.kind = 'bar' and q.status = 'held' and (q.stock_id, q.date) = (s.stock_id, s.date)
                """,
                // All parts of one statement see the same moment: the join to daily_prices finds the values that are being replaced.
                """
                with stored as (
                  insert into daily_prices as old (stock_id, date, open, high, low, close, volume)
                  select stock_id, date, open, high, low, close, volume from stage order by stock_id, date
                  on conflict (stock_id, date) do update
                    set (open, high, low, close, volume) = (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
                    where (old.open, old.high, old.low, old.close, old.volume)
                      is distinct from (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
                  returning stock_id, date, open, high, low, close, volume, xmax <> 0 as replaced
                ), audited as (
                  insert into price_corrections (stock_id, date, at, source, old_open, old_high, old_low, old_close, old_volume,
                    new_open, new_high, new_low, new_close, new_volume)
                  select new.stock_id, new.date, $1, 'provider', old.open, old.high, old.low, old.close, old.volume,
                    new.open, new.high, new.low, new.close, new.volume
                  from (select * from stored where replaced offset 0) new
                  cross join lateral (select * from daily_prices p where (p.stock_id, p.date) = (new.stock_id, new.date) offset 0) old
                  order by new.stock_id, new.date
                )
                select count(*) from stored
                """,
            ],
            connection => MarketStage.Announce(connection, sorted.Select(price => price.StockId), days, cancellationToken)
        )
        {
            AllNew = (connection, transaction) => CopyNew(connection, transaction, sorted, days, cancellationToken),
        };
        var stored = await MarketStage.Store(dataSource, staged, clock.GetUtcNow(), cancellationToken);
        metrics.PricesStored(stored);
        return stored;
    }

    // False, and nothing is copied, when a day is there already or something of these days is kept out.
    private static async Task<bool> CopyNew(
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
            await using var writer = await connection.BeginBinaryImportAsync(
                $"copy daily_prices ({PriceColumns}) from stdin (format binary)",
                cancellationToken
            );
            writer.Timeout = TimeSpan.FromSeconds(MarketStage.TimeoutSeconds);
            foreach (var price in prices)
            {
                await writer.StartRowAsync(cancellationToken);
                await Write(writer, price, cancellationToken);
            }
            await writer.CompleteAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            await transaction.RollbackAsync(nameof(CopyNew), cancellationToken);
            return false;
        }
        await transaction.ReleaseAsync(nameof(CopyNew), cancellationToken);
        return true;
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
