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
/// Keeps whole histories in memory, 12 bytes a close. Before each use one small query asks what changed since the last look: an entry that
/// was read before is read again, or the days that changed are when only prices did.
/// </summary>
internal sealed class PriceHistory(NpgsqlDataSource dataSource) : IPriceHistory
{
    private const int MostCloses = 20_000_000;

    private readonly ConcurrentDictionary<Id<Stock>, Entry> _entries = new();
    private readonly MarketChangeLog _log = new();

    public async Task<IReadOnlyDictionary<Id<Stock>, StockFacts>> Load(
        IReadOnlyCollection<Id<Stock>> stocks,
        CancellationToken cancellationToken
    )
    {
        if (stocks.Count == 0)
            return new Dictionary<Id<Stock>, StockFacts>();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var seen = await _log.Look(connection, cancellationToken);
        var names = await Names(connection, stocks, cancellationToken);
        var facts = new Dictionary<Id<Stock>, StockFacts>(stocks.Count);
        var (missing, touched) = (new List<Id<Stock>>(), new List<StockFacts>());
        ChangedDays? days = null;
        foreach (var id in names.Keys)
        {
            if (!_entries.TryGetValue(id, out var entry) || names[id] != (entry.Facts.Ticker, entry.Facts.Currency))
                missing.Add(id);
            else if (_log.Since(entry.ReadAt, id) is not { } changed)
                facts[id] = entry.Facts;
            else if (changed == ChangedDays.All)
                missing.Add(id);
            else
            {
                touched.Add(entry.Facts);
                days = days?.And(changed) ?? changed;
            }
        }
        var read = missing.Count == 0 ? [] : await Read(connection, missing, names, cancellationToken);
        if (days is { } range)
            read.AddRange(await Refresh(connection, touched, range, cancellationToken));
        foreach (var one in read)
        {
            facts[one.Id] = one;
            _entries[one.Id] = new Entry(one, seen);
        }
        if (read.Count > 0)
            Trim(facts.Keys);
        return facts;
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
        var closes = await Closes(connection, ids, ChangedDays.All, cancellationToken);
        return stocks.ConvertAll(id =>
        {
            var (ticker, currency) = names[id];
            var own = splits.GetValueOrDefault(id.Value) ?? [];
            return FactsOf(id, ticker, currency, closes[id.Value], own);
        });
    }

    private static async Task<IEnumerable<StockFacts>> Refresh(
        NpgsqlConnection connection,
        List<StockFacts> touched,
        ChangedDays days,
        CancellationToken cancellationToken
    )
    {
        var closes = await Closes(connection, [.. touched.Select(facts => facts.Id.Value)], days, cancellationToken);
        return touched.Select(old =>
            FactsOf(old.Id, old.Ticker, old.Currency, old.Prices.Replace(days.From, days.To, closes[old.Id.Value]), old.Splits)
        );
    }

    private static async Task<Dictionary<Guid, PriceSeries>> Closes(
        NpgsqlConnection connection,
        Guid[] ids,
        ChangedDays range,
        CancellationToken cancellationToken
    )
    {
        var days = ids.ToDictionary(id => id, _ => new List<int>());
        var closes = ids.ToDictionary(id => id, _ => new List<long>());
        await Query(
            connection,
            "select stock_id, date, close from daily_prices where stock_id = any($1)"
                + (range == ChangedDays.All ? "" : $" and date between '{range.From:yyyy-MM-dd}' and '{range.To:yyyy-MM-dd}'")
                + " order by stock_id, date",
            ids,
            row =>
            {
                var id = row.GetGuid(0);
                days[id].Add(row.GetFieldValue<DateOnly>(1).DayNumber);
                closes[id].Add(PriceSeries.Scaled(row.GetDecimal(2)));
            },
            cancellationToken
        );
        return ids.ToDictionary(id => id, id => new PriceSeries([.. days[id]], [.. closes[id]]));
    }

    private static StockFacts FactsOf(Id<Stock> id, string ticker, Currency currency, PriceSeries prices, IReadOnlyList<Split> splits) =>
        new(id, ticker, currency, prices, splits, Hash($"{ticker} {currency}", prices, splits));

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

    private static long Hash(string name, PriceSeries prices, IReadOnlyList<Split> splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData(MemoryMarshal.AsBytes(prices.Days));
        hash.AppendData(MemoryMarshal.AsBytes(prices.Closes));
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
