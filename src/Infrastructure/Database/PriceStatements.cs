namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// How staged prices become daily prices: without those that an operator's price or a decision keeps out, and each change with its audit
/// row. <c>$1</c> is the instant; the last statement counts what is new or changed.
/// </summary>
internal static class PriceStatements
{
    public static readonly string[] All =
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
        // A twin waits for an operator: the row that was kept instead of it says nothing about which is right.
        """
            update quarantined_rows q set status = 'superseded', decided_at = $1
            from stage s where q.kind = 'bar' and q.status = 'held' and q.reason <> 'duplicate' and (q.stock_id, q.date) = (s.stock_id, s.date)
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
    ];
}
