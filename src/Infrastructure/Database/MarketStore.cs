using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// Bulk writes: binary COPY into a temporary table, then statements that skip equal rows and replace different ones; the last one counts
/// what is new. Rows are inserted in key order, so that two writers of the same rows wait for each other instead of deadlocking.
/// </summary>
internal sealed partial class MarketStore(NpgsqlDataSource dataSource, PopulationMetrics metrics, TimeProvider clock) : IMarketStore
{
    public Task<long> StoreSplits(IReadOnlyList<Split> splits, CancellationToken cancellationToken) =>
        Store(
            [.. splits.DistinctBy(split => (split.StockId, split.ExecutionDate))],
            "stock_id uuid, execution_date date, split_from numeric, split_to numeric",
            async (writer, split) =>
            {
                await writer.WriteAsync(split.StockId.Value, NpgsqlDbType.Uuid, cancellationToken);
                await writer.WriteAsync(split.ExecutionDate, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(split.From, NpgsqlDbType.Numeric, cancellationToken);
                await writer.WriteAsync(split.To, NpgsqlDbType.Numeric, cancellationToken);
            },
            [
                """
                insert into splits as old (stock_id, execution_date, split_from, split_to)
                select stock_id, execution_date, split_from, split_to from stage order by stock_id, execution_date
                on conflict (stock_id, execution_date) do update set (split_from, split_to) = (excluded.split_from, excluded.split_to)
                  where (old.split_from, old.split_to) is distinct from (excluded.split_from, excluded.split_to)
                """,
            ],
            connection => MarketStage.Announce(connection, splits.Select(split => split.StockId), null, cancellationToken),
            cancellationToken
        );

    public Task<long> StoreDividends(IReadOnlyList<Dividend> dividends, CancellationToken cancellationToken) =>
        Store(
            [
                .. dividends
                    .DistinctBy(d => (d.StockId, d.ExDate, d.Amount, d.Currency, d.Type))
                    .DistinctBy(d => d.ProviderId ?? d.Id.ToString()),
            ],
            "id uuid, stock_id uuid, ex_date date, amount numeric, currency text, type text, declared_on date, record_date date, pay_date date, provider_id text",
            async (writer, dividend) =>
            {
                await writer.WriteAsync(dividend.Id.Value, NpgsqlDbType.Uuid, cancellationToken);
                await writer.WriteAsync(dividend.StockId.Value, NpgsqlDbType.Uuid, cancellationToken);
                await writer.WriteAsync(dividend.ExDate, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(dividend.Amount, NpgsqlDbType.Numeric, cancellationToken);
                await writer.WriteAsync(dividend.Currency.Code, NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(dividend.Type, NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(dividend.DeclaredOn, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(dividend.RecordDate, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(dividend.PayDate, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(dividend.ProviderId, NpgsqlDbType.Text, cancellationToken);
            },
            [
                PlacedAtLast("dividend", "ex_date"),
                // A dividend that is known keeps its id, whatever is corrected: ledgers refer to it. It is known by the provider's id, ...
                """
                update stage set id = old.id from dividends old
                where old.stock_id = stage.stock_id and old.provider_id = stage.provider_id
                """,
                // ... or, while none is stored, by what tells it from others of its stock.
                """
                update stage set id = old.id from dividends old
                where old.stock_id = stage.stock_id and old.provider_id is null
                  and (old.ex_date, old.amount, old.currency, old.type) = (stage.ex_date, stage.amount, stage.currency, stage.type)
                  and not exists (select from dividends d where d.stock_id = stage.stock_id and d.provider_id = stage.provider_id)
                """,
                """
                insert into dividend_corrections
                  (dividend_id, stock_id, at, old_ex_date, old_amount, old_currency, new_ex_date, new_amount, new_currency)
                select old.id, old.stock_id, $1, old.ex_date, old.amount, old.currency, new.ex_date, new.amount, new.currency
                from dividends old join stage new on old.id = new.id
                where (old.ex_date, old.amount, old.currency) is distinct from (new.ex_date, new.amount, new.currency)
                order by old.id
                """,
                // Not updated in place: two of a day may have swapped amounts, and one may have got those of another.
                """
                delete from dividends where id in (
                  select old.id from dividends old join stage new on old.id = new.id
                  where (old.ex_date, old.amount, old.currency, old.type, old.declared_on, old.record_date, old.pay_date, old.provider_id)
                    is distinct from
                    (new.ex_date, new.amount, new.currency, new.type, new.declared_on, new.record_date, new.pay_date, new.provider_id)
                  order by old.id for update of old
                )
                """,
                """
                insert into dividends (id, stock_id, ex_date, amount, currency, type, declared_on, record_date, pay_date, provider_id)
                select id, stock_id, ex_date, amount, currency, type, declared_on, record_date, pay_date, provider_id
                from stage order by stock_id, ex_date, amount, currency, type
                on conflict do nothing
                """,
            ],
            connection => AnnounceDividends(connection, cancellationToken),
            cancellationToken
        );

    public async Task<long> StoreRates(IReadOnlyList<ExchangeRate> rates, string source, CancellationToken cancellationToken) =>
        (await StoreRates(rates, source, _ => { }, cancellationToken)).Stored;

    public async Task<(long Stored, long Version)> StoreRates(
        IReadOnlyList<ExchangeRate> rates,
        string source,
        Action<long> require,
        CancellationToken cancellationToken
    )
    {
        long? version = null;
        var stored = await Store(
            [.. rates.DistinctBy(rate => (rate.Base, rate.Quote, rate.Date))],
            "base text, quote text, date date, rate numeric, source text",
            async (writer, rate) =>
            {
                await writer.WriteAsync(rate.Base.Code, NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(rate.Quote.Code, NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(rate.Date, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(rate.Rate, NpgsqlDbType.Numeric, cancellationToken);
                await writer.WriteAsync(source, NpgsqlDbType.Text, cancellationToken);
            },
            [
                """
                insert into exchange_rates as old (base, quote, date, rate, source)
                select base, quote, date, rate, source from stage order by base collate "C", quote collate "C", date
                on conflict (base, quote, date) do update set (rate, source) = (excluded.rate, excluded.source)
                  where old.rate <> excluded.rate
                """,
            ],
            async connection =>
            {
                version = await Raise(connection, "exchange_rate_version", cancellationToken);
                require(version.Value - 1);
            },
            cancellationToken
        );
        if (version is null)
            require((version = await RatesVersion(cancellationToken)).Value);
        return (stored, version.Value);
    }

    private async Task<long> RatesVersion(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select version from exchange_rate_version");
        return await command.ExecuteScalarAsync(cancellationToken) is long version ? version : 0;
    }
}
