using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Data;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using Npgsql;
using NpgsqlTypes;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// Keeps the rates of whole pairs in memory, 20 bytes a day. Before each use one row is asked whether rates changed since they were read;
/// then what is needed is read again, all of it in one snapshot.
/// </summary>
internal sealed class ExchangeRates(NpgsqlDataSource dataSource) : IExchangeRates
{
    private const int MostRates = 5_000_000;

    private readonly ConcurrentDictionary<Pair, Entry> _entries = new();

    public async Task<RateBook> Load(IReadOnlyCollection<Currency> currencies, CancellationToken cancellationToken)
    {
        var pairs = Pairs(currencies);
        if (pairs.Count == 0)
            return RateBook.None;
        // Rates are read in a snapshot of their own.
        using var apart = WriteTransaction.Apart();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var entries = Known(pairs, await Version(connection, cancellationToken));
        if (entries.Count < pairs.Count)
            entries = await Read(connection, pairs, cancellationToken);
        return Book(entries);
    }

    // Ascending, so that the same currencies in another order make the same book.
    private static List<Pair> Pairs(IReadOnlyCollection<Currency> currencies)
    {
        var asked = currencies.Select(currency => currency.ToMajor()).Distinct().OrderBy(one => one.Code, StringComparer.Ordinal).ToList();
        if (asked.Count < 2)
            return [];
        var all = asked.Union(RateBook.CrossedThrough).ToList();
        return
        [
            .. from one in all
            from other in all
            where one != other && (asked.Contains(one) || asked.Contains(other))
            select new Pair(one, other),
        ];
    }

    private List<Entry> Known(List<Pair> pairs, long version)
    {
        var known = new List<Entry>(pairs.Count);
        foreach (var pair in pairs)
            if (_entries.TryGetValue(pair, out var entry) && entry.ReadAt == version)
                known.Add(entry);
        return known;
    }

    private async Task<List<Entry>> Read(NpgsqlConnection connection, List<Pair> pairs, CancellationToken cancellationToken)
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var version = await Version(connection, cancellationToken);
        var known = Known(pairs, version);
        var missing = pairs.Except(known.Select(entry => entry.Pair)).ToList();
        var read = await Series(connection, missing, version, cancellationToken);
        await snapshot.CommitAsync(cancellationToken);
        foreach (var entry in read)
            _entries.AddOrUpdate(entry.Pair, entry, (_, other) => other.ReadAt > version ? other : entry);
        Trim(pairs);
        return [.. known, .. read];
    }

    private static async Task<long> Version(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select version from exchange_rate_version", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is long version ? version : 0;
    }

    private static async Task<List<Entry>> Series(
        NpgsqlConnection connection,
        List<Pair> pairs,
        long version,
        CancellationToken cancellationToken
    )
    {
        var rows = pairs.ToDictionary(pair => (pair.Base.Code, pair.Quote.Code), _ => (Days: new List<int>(), Rates: new List<decimal>()));
        await using var command = new NpgsqlCommand(
            """
            select base, quote, date, rate from exchange_rates
            join unnest($1, $2) as pair (base, quote) using (base, quote) order by date
            """,
            connection
        );
        command.Parameters.Add(Texts([.. pairs.Select(pair => pair.Base.Code)]));
        command.Parameters.Add(Texts([.. pairs.Select(pair => pair.Quote.Code)]));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (days, rates) = rows[(reader.GetString(0), reader.GetString(1))];
            days.Add(reader.GetFieldValue<DateOnly>(2).DayNumber);
            rates.Add(reader.GetDecimal(3));
        }
        return pairs.ConvertAll(pair =>
        {
            var (days, rates) = rows[(pair.Base.Code, pair.Quote.Code)];
            int[] day = [.. days];
            decimal[] rate = [.. rates];
            return new Entry(pair, new RateSeries(pair.Base, pair.Quote, day, rate), Hash(pair, day, rate), version);
        });
    }

    private static NpgsqlParameter Texts(string[] texts) => new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    // Pairs without a rate add nothing: which of them were looked for is not content.
    private static RateBook Book(List<Entry> entries)
    {
        var filled = entries
            .Where(entry => entry.Series.Count > 0)
            .OrderBy(entry => entry.Pair.Base.Code, StringComparer.Ordinal)
            .ThenBy(entry => entry.Pair.Quote.Code, StringComparer.Ordinal)
            .ToList();
        if (filled.Count == 0)
            return RateBook.None;
        long[] hashes = [.. filled.Select(entry => entry.Hash)];
        var version = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(hashes.AsSpan())));
        return new RateBook(filled.Select(entry => entry.Series), version);
    }

    private static long Hash(Pair pair, int[] days, decimal[] rates)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{pair.Base} {pair.Quote}"));
        hash.AppendData(MemoryMarshal.AsBytes(days.AsSpan()));
        Span<int> bits = stackalloc int[4];
        foreach (var rate in rates)
        {
            decimal.GetBits(Exact.Trim(rate), bits);
            hash.AppendData(MemoryMarshal.AsBytes(bits));
        }
        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }

    // Memory is bounded: over the limit, everything that this request does not need goes and comes back on demand.
    private void Trim(List<Pair> needed)
    {
        if (_entries.Values.Sum(entry => (long)entry.Series.Count) <= MostRates)
            return;
        foreach (var pair in _entries.Keys.Except(needed).ToList())
            _entries.TryRemove(pair, out _);
    }

    private readonly record struct Pair(Currency Base, Currency Quote);

    private sealed record Entry(Pair Pair, RateSeries Series, long Hash, long ReadAt);
}
