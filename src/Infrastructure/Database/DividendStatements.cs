namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// How staged dividends become stored ones: each finds the row that it is told of, or is new, or a twin of another one. <c>$1</c> is the instant;
/// the last statement tells what is new or changed. Those who run them follow each other, so that what was found stays true.
/// </summary>
internal static class DividendStatements
{
    public static readonly string[] All =
    [
        $"do $$ begin perform pg_advisory_xact_lock({MarketStage.DividendsLock}); end $$",
        "alter table stage add is_twin boolean not null default false",
        // Each row is compared with others below: of a whole market's dividends that takes minutes without.
        "create index on stage (stock_id, ex_date)",
        "create index on stage (id)",
        "analyze stage",
        // A dividend that is known keeps its id, whatever is corrected: ledgers refer to it. It is known by the provider's id, ...
        """
            update stage set id = old.id from dividends old
            where old.stock_id = stage.stock_id and old.provider_id = stage.provider_id
            """,
        // ... or else by what tells it from others of its stock: ids come later, and change.
        """
            update stage set (id, provider_id) = (old.id, coalesce(stage.provider_id, old.provider_id)) from dividends old
            where old.stock_id = stage.stock_id
              and (old.ex_date, old.amount, old.currency, old.type) = (stage.ex_date, stage.amount, stage.currency, stage.type)
              and not exists (select from dividends d where d.stock_id = stage.stock_id and d.provider_id = stage.provider_id)
              and not exists (select from stage known where known.id = old.id)
            """,
        // A place belongs to who stays there, or else to the first who comes: and who finds his taken stays where he is.
        """
            do $$ begin
              loop
                update stage new set is_twin = true
                where not is_twin and (
                  exists (
                    select from dividends d
                    where d.id <> new.id and d.stock_id = new.stock_id
                      and (d.ex_date, d.amount, d.currency, d.type) = (new.ex_date, new.amount, new.currency, new.type)
                      and not exists (
                        select from stage moved where moved.id = d.id and not moved.is_twin
                          and (moved.ex_date, moved.amount, moved.currency, moved.type) <> (d.ex_date, d.amount, d.currency, d.type)
                      )
                  ) or exists (
                    select from stage other
                    where not other.is_twin and other.position < new.position and other.stock_id = new.stock_id
                      and (other.ex_date, other.amount, other.currency, other.type) = (new.ex_date, new.amount, new.currency, new.type)
                      and (other.id = new.id or not exists (
                        select from dividends own
                        where own.id = new.id
                          and (own.ex_date, own.amount, own.currency, own.type) = (new.ex_date, new.amount, new.currency, new.type)
                      ))
                  )
                );
                exit when not found;
              end loop;
            end $$
            """,
        """
            insert into dividend_corrections
              (dividend_id, stock_id, at, old_ex_date, old_amount, old_currency, new_ex_date, new_amount, new_currency)
            select old.id, old.stock_id, $1, old.ex_date, old.amount, old.currency, new.ex_date, new.amount, new.currency
            from dividends old join stage new on old.id = new.id and not new.is_twin
            where (old.ex_date, old.amount, old.currency) is distinct from (new.ex_date, new.amount, new.currency)
            order by old.id
            """,
        // Not updated in place: two of a day may have swapped amounts, and one may have got those of another.
        """
            delete from dividends where id in (
              select old.id from dividends old join stage new on old.id = new.id and not new.is_twin
              where (old.ex_date, old.amount, old.currency, old.type, old.declared_on, old.record_date, old.pay_date, old.provider_id)
                is distinct from
                (new.ex_date, new.amount, new.currency, new.type, new.declared_on, new.record_date, new.pay_date, new.provider_id)
            )
            """,
        """
            insert into dividends (id, stock_id, ex_date, amount, currency, type, declared_on, record_date, pay_date, provider_id)
            select id, stock_id, ex_date, amount, currency, type, declared_on, record_date, pay_date, provider_id
            from stage where not is_twin and not exists (select from dividends d where d.id = stage.id)
            order by stock_id, ex_date, amount, currency, type
            """,
    ];
}
