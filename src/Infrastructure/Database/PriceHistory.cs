using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// Keeps whole histories in memory, 12 bytes a close. Before each use one small query asks which stocks changed since the last look;
/// an entry that was read before such a change is read again.
/// </summary>
internal sealed class PriceHistory(NpgsqlDataSource dataSource) : IPriceHistory
{
    private const int MostCloses = 20_000_000;

    private readonly ConcurrentDictionary<Id<Stock>, Entry> _entries = new();
    private readonly ConcurrentDictionary<Id<Stock>, long> _changed = new();
    private readonly SemaphoreSlim _looking = new(1);
    private long _seen = -1;
    private long _allChanged;

    public async Task<IReadOnlyDictionary<Id<Stock>, StockFacts>> Load(
        IReadOnlyCollection<Id<Stock>> stocks,
        CancellationToken cancellationToken
    )
    {
        if (stocks.Count == 0)
            return new Dictionary<Id<Stock>, StockFacts>();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var seen = await LookForChanges(connection, cancellationToken);
        var names = await Names(connection, stocks, cancellationToken);
        var facts = new Dictionary<Id<Stock>, StockFacts>(stocks.Count);
        var missing = new List<Id<Stock>>();
        foreach (var id in names.Keys)
            if (_entries.TryGetValue(id, out var entry) && IsFresh(id, entry) && names[id] == (entry.Facts.Ticker, entry.Facts.Currency))
                facts[id] = entry.Facts;
            else
                missing.Add(id);
        if (missing.Count == 0)
            return facts;
        foreach (var read in await Read(connection, missing, names, cancellationToken))
        {
            facts[read.Id] = read;
            _entries[read.Id] = new Entry(read, seen);
        }
        Trim(facts.Keys);
        return facts;
    }

    private bool IsFresh(Id<Stock> id, Entry entry) =>
        entry.ReadAt >= Interlocked.Read(ref _allChanged) && entry.ReadAt >= _changed.GetValueOrDefault(id);

    private async Task<long> LookForChanges(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(
                _seen < 0
                    ? "select coalesce(max(version), 0), null::uuid from market_changes"
                    : "select version, stock_id from market_changes where version > $1 order by version",
                connection
            );
            if (_seen >= 0)
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _seen });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var version = reader.GetInt64(0);
                if (await reader.IsDBNullAsync(1, cancellationToken))
                    Interlocked.Exchange(ref _allChanged, version);
                else
                    _changed[new Id<Stock>(reader.GetGuid(1))] = version;
                _seen = version;
            }
            return _seen;
        }
        finally
        {
            _looking.Release();
        }
    }

    // A rename is no change of the market, so the log of changes does not tell of it; these few bytes are read each time.
    private static async Task<Dictionary<Id<Stock>, (string Ticker, Currency Currency)>> Names(
        NpgsqlConnection connection,
        IReadOnlyCollection<Id<Stock>> stocks,
        CancellationToken cancellationToken
    )
    {
        var names = new Dictionary<Id<Stock>, (string, Currency)>(stocks.Count);
        await Query(
            connection,
            "select id, ticker, currency from stocks where id = any($1)",
            [.. stocks.Select(id => id.Value)],
            row => names.Add(new Id<Stock>(row.GetGuid(0)), (row.GetString(1), Currency.Parse(row.GetString(2)))),
            cancellationToken
        );
        return names;
    }

    private static async Task<List<StockFacts>> Read(
        NpgsqlConnection connection,
        List<Id<Stock>> stocks,
        Dictionary<Id<Stock>, (string Ticker, Currency Currency)> names,
        CancellationToken cancellationToken
    )
    {
        Guid[] ids = [.. stocks.Select(id => id.Value)];
        var splits = new Dictionary<Guid, List<Split>>();
        await Query(
            connection,
            "select stock_id, execution_date, split_from, split_to from splits where stock_id = any($1) order by stock_id, execution_date",
            ids,
            row =>
            {
                var id = row.GetGuid(0);
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(splits, id, out _);
                (list ??= []).Add(new Split(new Id<Stock>(id), row.GetFieldValue<DateOnly>(1), row.GetDecimal(2), row.GetDecimal(3)));
            },
            cancellationToken
        );
        var days = stocks.ToDictionary(id => id.Value, _ => new List<int>());
        var closes = stocks.ToDictionary(id => id.Value, _ => new List<long>());
        await Query(
            connection,
            "select stock_id, date, close from daily_prices where stock_id = any($1) order by stock_id, date",
            ids,
            row =>
            {
                var id = row.GetGuid(0);
                days[id].Add(row.GetFieldValue<DateOnly>(1).DayNumber);
                closes[id].Add(PriceSeries.Scaled(row.GetDecimal(2)));
            },
            cancellationToken
        );
        return stocks.ConvertAll(id =>
        {
            var (ticker, currency) = names[id];
            int[] day = [.. days[id.Value]];
            long[] close = [.. closes[id.Value]];
            var own = splits.GetValueOrDefault(id.Value) ?? [];
            var version = Hash($"{ticker} {currency}", day, close, own);
            return new StockFacts(id, ticker, currency, new PriceSeries(day, close), own, version);
        });
    }

    private static async Task Query(
        NpgsqlConnection connection,
        string sql,
        Guid[] ids,
        Action<NpgsqlDataReader> row,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            row(reader);
    }

    private static long Hash(string name, int[] days, long[] closes, List<Split> splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData(MemoryMarshal.AsBytes(days.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(closes.AsSpan()));
        Span<int> bits = stackalloc int[9];
        foreach (var split in splits)
        {
            bits[0] = split.ExecutionDate.DayNumber;
            decimal.GetBits(Exact.Trim(split.From), bits[1..5]);
            decimal.GetBits(Exact.Trim(split.To), bits[5..]);
            hash.AppendData(MemoryMarshal.AsBytes(bits));
        }
        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }

    // Memory is bounded: over the limit, everything that this request does not need goes and comes back on demand.
    private void Trim(ICollection<Id<Stock>> needed)
    {
        if (_entries.Values.Sum(entry => (long)entry.Facts.Prices.Count) <= MostCloses)
            return;
        foreach (var id in _entries.Keys)
            if (!needed.Contains(id))
                _entries.TryRemove(id, out _);
    }

    private sealed record Entry(StockFacts Facts, long ReadAt);
}
