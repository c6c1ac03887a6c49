using CleanPortfolio.Application;
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
internal sealed partial class MarketStore(NpgsqlDataSource dataSource, RightOfWay rightOfWay, PopulationMetrics metrics, TimeProvider clock)
    : IMarketStore
{
    public Task<long> SymbolVersion(CancellationToken cancellationToken) => SymbolVersions.Look(dataSource, cancellationToken);

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
