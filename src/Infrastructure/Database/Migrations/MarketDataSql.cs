namespace CleanPortfolio.Infrastructure.Database.Migrations;

/// <summary>What the migration MarketData says beyond the model.</summary>
internal static class MarketDataSql
{
    /// <summary>The tickers that are known when symbols begin to have dates: bearers of one ticker follow each other in the order of their ends.</summary>
    public const string Fill = """
        insert into stock_symbols (stock_id, ticker, folded, from_date, to_date)
        select id, ticker, lower(ticker), first, last
        from (
          select id, ticker, active, last, bearers,
            greatest(case when listed_on <= coalesce(last, listed_on) then listed_on end, before + 1) as first
          from (
            select id, ticker, active, listed_on, delisted_on as last, count(*) over (partition by ticker) as bearers,
              max(delisted_on) over (
                partition by ticker order by active, delisted_on nulls last, id rows between unbounded preceding and 1 preceding
              ) as before
            from stocks
          ) ordered
        ) cut
        where (active or last is not null or bearers = 1) and coalesce(first <= last, true)
        """;

    /// <summary>As <c>SearchWords</c> does; the next listing writes it anew.</summary>
    public const string Words = """
        update stocks
        set name_words = rtrim(' ' || btrim(regexp_replace(lower(replace(name, '''', '')), '[^[:alnum:]]+', ' ', 'g')))
        where name is not null
        """;

    /// <summary>Checked at the commit: on the way there two stocks may share a day.</summary>
    public const string OneBearer = """
        alter table stock_symbols add constraint ex_stock_symbols_one_bearer
        exclude using gist (ticker with =, daterange(from_date, to_date, '[]') with &&) deferrable initially deferred
        """;

    /// <summary>Splits that are applied already are reports that nobody has judged yet.</summary>
    public const string SplitReports = """
        insert into split_reports (id, stock_id, execution_date, split_from, split_to, first_seen_at, last_seen_at, verdict, reason)
        select gen_random_uuid(), stock_id, execution_date, split_from, split_to, now(), now(), 'pending', 'noPrices' from splits
        """;

    /// <summary>Jobs that are under way go on.</summary>
    public const string Jobs = "update jobs set asked_at = created_at";

    /// <summary>Their items said by their names what is to be done.</summary>
    public const string JobItems = """
        update job_items i
        set work = case
            when key = 'listings' then 'universe' when key in ('splits', 'dividends') then key
            when key ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then 'session' when key like 'C:%' then 'rates' else 'stock' end,
          first_day = case when key ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then key::date when key <> 'listings' then j.first_day end,
          last_day = case when key ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then key::date when key <> 'listings' then j.last_day end
        from jobs j where j.id = i.job_id
        """;
}
