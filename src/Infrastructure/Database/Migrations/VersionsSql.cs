namespace CleanPortfolio.Infrastructure.Database.Migrations;

/// <summary>What a migration says beyond the model, so that whoever keeps computed figures learns of every change.</summary>
internal static class VersionsSql
{
    /// <summary>
    /// Figures bear tickers. A renamed stock is announced among the market's changes, at the commit: their lock is the last that a
    /// transaction takes, and versions become visible in their order.
    /// </summary>
    public const string AnnounceNames = """
        create function announce_stock_name() returns trigger language plpgsql as $$
        begin
          perform pg_advisory_xact_lock(52053999617);
          insert into market_changes (stock_id) select id from stocks where id = new.id;
          return null;
        end $$;
        create constraint trigger stocks_announce_name after update of ticker, currency on stocks
        deferrable initially deferred for each row when ((old.ticker, old.currency) is distinct from (new.ticker, new.currency))
        execute function announce_stock_name()
        """;

    /// <summary>Takes it back.</summary>
    public const string SilenceNames = "drop trigger stocks_announce_name on stocks; drop function announce_stock_name()";
}
