namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// How the rows of a stock (<c>$1</c>) from a day on (<c>$3</c>) become those of another one (<c>$2</c>) too. What it has itself stays: of a day one
/// price, and of splits and dividends whatever their indexes take for the same.
/// </summary>
internal static class HandDownStatements
{
    public static readonly string[] All =
    [
        // A day that an operator priced keeps its price; what the provider says is remembered.
        """
            update manual_prices m
            set (provider_open, provider_high, provider_low, provider_close, provider_volume) = (p.open, p.high, p.low, p.close, p.volume)
            from daily_prices p
            where m.stock_id = $2 and m.provider_close is null and (p.stock_id, p.date) = ($1, m.date) and m.date >= $3
            """,
        """
            insert into daily_prices (stock_id, date, open, high, low, close, volume)
            select $2, date, open, high, low, close, volume from daily_prices p
            where stock_id = $1 and date >= $3 and not exists (
              select from quarantined_rows q
              where (q.stock_id, q.date) = ($2, p.date) and q.kind = 'bar' and q.reason = 'jump' and q.status in ('held', 'dismissed')
            )
            order by date
            on conflict (stock_id, date) do nothing
            """,
        """
            insert into split_reports (id, stock_id, execution_date, split_from, split_to, provider_id, first_seen_at, last_seen_at, verdict,
              decision, decided_at, decided_by, decision_reason)
            select gen_random_uuid(), $2, execution_date, split_from, split_to, provider_id, first_seen_at, last_seen_at, 'pending',
              decision, decided_at, decided_by, decision_reason
            from split_reports where stock_id = $1 and execution_date >= $3
            on conflict do nothing
            """,
        """
            insert into dividends (id, stock_id, ex_date, amount, currency, type, declared_on, record_date, pay_date, provider_id)
            select gen_random_uuid(), $2, ex_date, amount, currency, type, declared_on, record_date, pay_date, provider_id
            from dividends where stock_id = $1 and ex_date >= $3
            on conflict do nothing
            """,
    ];
}
