using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Rows that are judged before they count.</summary>
internal sealed partial class MarketStore
{
    public Task<long> StoreSplitReports(IReadOnlyList<ReportedSplit> reports, long? symbols, CancellationToken cancellationToken) =>
        Store(
            [
                .. reports.DistinctBy(report =>
                    (report.StockId, report.ExecutionDate, Exact.Trim(report.From), Exact.Trim(report.To), report.ProviderId)
                ),
            ],
            "id uuid, stock_id uuid, execution_date date, split_from numeric, split_to numeric, provider_id text",
            async (writer, report) =>
            {
                await writer.WriteAsync(report.Id.Value, NpgsqlDbType.Uuid, cancellationToken);
                await writer.WriteAsync(report.StockId.Value, NpgsqlDbType.Uuid, cancellationToken);
                await writer.WriteAsync(report.ExecutionDate, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(report.From, NpgsqlDbType.Numeric, cancellationToken);
                await writer.WriteAsync(report.To, NpgsqlDbType.Numeric, cancellationToken);
                await writer.WriteAsync(report.ProviderId, NpgsqlDbType.Text, cancellationToken);
            },
            [
                PlacedAtLast("split", "execution_date"),
                """
                with stored as (
                  insert into split_reports as old
                    (id, stock_id, execution_date, split_from, split_to, provider_id, first_seen_at, last_seen_at, verdict)
                  select id, stock_id, execution_date, split_from, split_to, provider_id, $1, $1, 'pending' from stage
                  order by stock_id, execution_date, split_from, split_to, provider_id
                  on conflict (stock_id, execution_date, split_from, split_to, provider_id) do update set last_seen_at = excluded.last_seen_at
                  returning xmax = 0 as is_new
                )
                select count(*) from stored where is_new
                """,
            ],
            announce: null, // nothing is applied before it is judged
            cancellationToken,
            symbols
        );

    public async Task Quarantine(IReadOnlyList<QuarantinedRow> rows, CancellationToken cancellationToken) =>
        await Store(
            rows,
            "id uuid, kind text, ticker text, stock_id uuid, date date, reason text, detail text, content jsonb",
            async (writer, row) =>
            {
                await writer.WriteAsync(row.Id.Value, NpgsqlDbType.Uuid, cancellationToken);
                await writer.WriteAsync(Conventions.Text(row.Kind), NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(row.Ticker, NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(row.StockId?.Value, NpgsqlDbType.Uuid, cancellationToken);
                await writer.WriteAsync(row.Date, NpgsqlDbType.Date, cancellationToken);
                await writer.WriteAsync(row.Reason, NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(row.Detail, NpgsqlDbType.Text, cancellationToken);
                await writer.WriteAsync(row.Content, NpgsqlDbType.Jsonb, cancellationToken);
            },
            [
                """
                insert into quarantined_rows as old
                  (id, kind, ticker, stock_id, date, reason, detail, content, first_seen_at, last_seen_at, times_seen, status)
                select distinct on (kind, ticker, date, md5(content::text))
                  id, kind, ticker, stock_id, date, reason, detail, content, $1, $1, 1, 'held'
                from stage order by kind, ticker, date, md5(content::text)
                on conflict (kind, ticker, date, content_hash) do update
                  set (last_seen_at, times_seen, stock_id) = (excluded.last_seen_at, old.times_seen + 1, coalesce(old.stock_id, excluded.stock_id))
                """,
            ],
            announce: null,
            cancellationToken
        );

    public async Task<IReadOnlyList<Id<Stock>>> FindLeaps(
        IReadOnlyCollection<Id<Stock>>? stocks,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        // Per stock by its key, since only that is indexed; in its order, since days were copied so: the next stock's rows are on the same pages.
        await using var command = dataSource.CreateCommand(
            """
            select s.id from (select id from stocks where $1 is null or id = any($1) order by id) s cross join lateral (
              select max(close) > min(close) * $4 as apart from (
                (select close from daily_prices p where p.stock_id = s.id and p.date < $2 order by p.date desc limit 1)
                union all
                (select close from daily_prices p where p.stock_id = s.id and p.date between $2 and $3)
                union all
                (select close from daily_prices p where p.stock_id = s.id and p.date > $3 order by p.date limit 1)
              ) around
            ) found
            where found.apart
              or exists (select from quarantined_rows q where q.stock_id = s.id and q.kind = 'bar' and q.reason = 'jump' and q.status = 'held')
            """
        );
        command.CommandTimeout = MarketStage.TimeoutSeconds;
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = stocks is null ? DBNull.Value : stocks.Select(stock => stock.Value).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            }
        );
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = to });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PriceJudgement.Leap });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Id<Stock>>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(new Id<Stock>(reader.GetGuid(0)));
        return found;
    }

    // What was held since nobody bore its ticker has found its stock.
    private static string PlacedAtLast(string kind, string date) =>
        $"""
            update quarantined_rows q set status = 'superseded', decided_at = $1
            from stage s join stocks owner on owner.id = s.stock_id
            where q.kind = '{kind}' and q.status = 'held' and q.reason = 'unknownSymbol' and (q.ticker, q.date) = (owner.ticker, s.{date})
            """;

    private Task<long> Store<T>(
        IReadOnlyList<T> rows,
        string columns,
        Func<NpgsqlBinaryImporter, T, Task> write,
        string[] statements,
        Func<NpgsqlConnection, Task>? announce,
        CancellationToken cancellationToken,
        long? symbols = null
    ) =>
        MarketStage.Store(
            dataSource,
            new Staged<T>(rows, columns, write, statements, announce) { Symbols = symbols },
            clock.GetUtcNow(),
            cancellationToken
        );

    private static Task AnnounceDividends(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Raise(connection, "dividend_version", cancellationToken);

    // The row stays locked until the commit, and is the last that a writer locks: versions become visible in their order.
    private static async Task<long> Raise(NpgsqlConnection connection, string counter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into {counter} as old (id, version) values (1, 1)
            on conflict (id) do update set version = old.version + 1 returning version
            """,
            connection
        );
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
