using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>The days of a stock of which prices changed; without them splits did, or it is not known.</summary>
internal readonly record struct ChangedDays(DateOnly From, DateOnly To)
{
    public static readonly ChangedDays All = new(DateOnly.MinValue, DateOnly.MaxValue);

    public ChangedDays And(ChangedDays other) => new(From < other.From ? From : other.From, To > other.To ? To : other.To);
}

/// <summary>What was committed lately, so that what is kept in memory can be brought up to date instead of being read again.</summary>
internal sealed class MarketChangeLog
{
    private const int MostKept = 4096;

    private readonly SemaphoreSlim _looking = new(1);
    private Change[] _changes = []; // by version; replaced, never altered
    private long _seen = -1;
    private long _forgotten;

    /// <summary>The version of the last commit.</summary>
    public async Task<long> Look(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_seen < 0)
                _forgotten = _seen = await Last(connection, cancellationToken);
            else if (await Newer(connection, cancellationToken) is ({ Count: > 0 } newer, var first))
                Keep(newer, first);
            return _seen;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>What changed of a stock after a version; null when nothing did.</summary>
    public ChangedDays? Since(long version, Id<Stock> stock)
    {
        // In this order: what is forgotten is announced before it is gone from the list.
        var changes = Volatile.Read(ref _changes);
        if (version < Interlocked.Read(ref _forgotten))
            return ChangedDays.All;
        ChangedDays? changed = null;
        for (var i = changes.Length - 1; i >= 0 && changes[i].Version > version; i--)
            if (changes[i].Stock is null || changes[i].Stock == stock)
                changed = changed?.And(changes[i].Days) ?? changes[i].Days;
        return changed;
    }

    private static async Task<long> Last(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(version), 0) from market_changes", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // With the version of the first that is left.
    private async Task<(List<Change> Changes, long First)> Newer(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select version, stock_id, first_day, last_day, (select min(version) from market_changes)
            from market_changes where version > $1 order by version
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _seen });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (changes, first) = (new List<Change>(), 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            first = reader.GetInt64(4);
            changes.Add(
                new Change(
                    reader.GetInt64(0),
                    reader.IsDBNull(1) ? null : new Id<Stock>(reader.GetGuid(1)),
                    reader.IsDBNull(2)
                        ? ChangedDays.All
                        : new ChangedDays(reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<DateOnly>(3))
                )
            );
        }
        return (changes, first);
    }

    private void Keep(List<Change> newer, long first)
    {
        // Old rows go: what was between the last look and the first that is left, nobody knows.
        var isGap = first > _seen + 1;
        if (isGap)
            Interlocked.Exchange(ref _forgotten, newer[^1].Version);
        Change[] all = isGap ? [] : [.. _changes, .. newer];
        if (all.Length > MostKept)
        {
            Interlocked.Exchange(ref _forgotten, all[^MostKept].Version);
            all = all[^MostKept..];
        }
        Volatile.Write(ref _changes, all);
        _seen = newer[^1].Version;
    }

    private sealed record Change(long Version, Id<Stock>? Stock, ChangedDays Days);
}
