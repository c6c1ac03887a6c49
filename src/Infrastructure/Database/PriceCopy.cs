using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Binary COPY of daily prices, into their table or into one of the same columns.</summary>
internal static class PriceCopy
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Copies all rows or, when one of their days is there already, none; the transaction goes on either way.</summary>
    public static async Task<bool> AllNew(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<DailyPrice> prices,
        CancellationToken cancellationToken
    )
    {
        await transaction.SaveAsync(nameof(AllNew), cancellationToken);
        try
        {
            await Into("daily_prices", connection, prices, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            await transaction.RollbackAsync(nameof(AllNew), cancellationToken);
            return false;
        }
        await transaction.ReleaseAsync(nameof(AllNew), cancellationToken);
        return true;
    }

    /// <summary>Copies all rows into <paramref name="table"/>.</summary>
    public static async Task Into(
        string table,
        NpgsqlConnection connection,
        IReadOnlyList<DailyPrice> prices,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy {table} (stock_id, date, open, high, low, close, volume) from stdin (format binary)",
            cancellationToken
        );
        writer.Timeout = Limit;
        foreach (var price in prices)
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(price.StockId.Value, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(price.Date, NpgsqlDbType.Date, cancellationToken);
            await writer.WriteAsync(price.Open, NpgsqlDbType.Numeric, cancellationToken);
            await writer.WriteAsync(price.High, NpgsqlDbType.Numeric, cancellationToken);
            await writer.WriteAsync(price.Low, NpgsqlDbType.Numeric, cancellationToken);
            await writer.WriteAsync(price.Close, NpgsqlDbType.Numeric, cancellationToken);
            await writer.WriteAsync(price.Volume, NpgsqlDbType.Numeric, cancellationToken);
        }
        await writer.CompleteAsync(cancellationToken);
    }
}
