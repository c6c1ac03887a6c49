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
    public Task<long> SymbolVersion(CancellationToken cancellationToken) => SymbolVersions.Look(dataSource, cancellationToken);

    public Task<long> StoreRates(IReadOnlyList<ExchangeRate> rates, string source, CancellationToken cancellationToken) =>
        Store(
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
            connection => AnnounceRates(connection, cancellationToken),
            cancellationToken
        );
}
