namespace CleanPortfolio.Infrastructure.Database.Migrations;

/// <summary>What the migration that makes stock_symbols says beyond the model.</summary>
internal static class SymbolsSql
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
}
