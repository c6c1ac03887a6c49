using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Dividends are few, and ledgers refer to them: their writers follow each other, and none that is stored is lost.</summary>
internal sealed partial class MarketStore
{
    public async Task<StoredDividends> StoreDividends(IReadOnlyList<Dividend> dividends, long? symbols, CancellationToken cancellationToken)
    {
        // The same told twice is told once; of two versions under one id the first counts.
        var told = dividends
            .DistinctBy(d => (d.StockId, d.ExDate, d.Amount, d.Currency, d.Type, d.ProviderId))
            .DistinctBy(d => (d.StockId, d.ProviderId ?? d.Id.ToString()))
            .ToList();
        var twins = new List<Dividend>();
        var staged = new Staged<(Dividend Dividend, int Position)>(
            [.. told.Select((dividend, position) => (dividend, position))],
            """
            id uuid, stock_id uuid, ex_date date, amount numeric, currency text, type text, declared_on date, record_date date, pay_date date,
            provider_id text, position int
            """,
            (writer, row) => Write(writer, row.Dividend, row.Position, cancellationToken),
            [PlacedAtLast("dividend", "ex_date"), .. DividendStatements.All],
            connection => AnnounceDividends(connection, cancellationToken)
        )
        {
            Symbols = symbols,
            AtLast = async connection => twins.AddRange((await Twins(connection, cancellationToken)).Select(position => told[position])),
        };
        return new StoredDividends(await MarketStage.Store(dataSource, staged, clock.GetUtcNow(), cancellationToken), twins);
    }

    private static async Task Write(NpgsqlBinaryImporter writer, Dividend dividend, int position, CancellationToken cancellationToken)
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
        await writer.WriteAsync(position, NpgsqlDbType.Integer, cancellationToken);
    }

    private static async Task<List<int>> Twins(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select position from stage where is_twin order by position", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var positions = new List<int>();
        while (await reader.ReadAsync(cancellationToken))
            positions.Add(reader.GetInt32(0));
        return positions;
    }
}
