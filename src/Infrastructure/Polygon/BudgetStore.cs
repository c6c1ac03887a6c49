using System.Data.Common;
using System.Transactions;
using CleanPortfolio.Application.Ports;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>A slot that was taken, and until when; whoever gives it back must not shorten the hold of a later owner.</summary>
internal sealed record SlotLease(int Slot, DateTime Until);

/// <summary>The rows of a budget at one instant, as times from then on.</summary>
/// <param name="Blocked">For how long no call may be made; zero or less when one may.</param>
/// <param name="By">Why.</param>
/// <param name="Failures">Failed calls in a row.</param>
/// <param name="Slots">Slots that exist, of those in use.</param>
/// <param name="Free">Of these, those that may be taken.</param>
/// <param name="NextFree">Until the next may; zero or less when one may.</param>
internal sealed record BudgetRows(TimeSpan Blocked, string? By, int Failures, int Slots, int Free, TimeSpan NextFree)
{
    public static BudgetRows None { get; } = new(TimeSpan.Zero, null, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>
/// The statements of the budget. Each is its own transaction on its own connection, whatever unit of work the caller is in; time is the
/// database's, the one clock of all processes.
/// </summary>
internal sealed class BudgetStore(NpgsqlDataSource dataSource, string key, int limit)
{
    /// <summary>Failed calls in a row after which everybody pauses.</summary>
    public const int MostFailures = 5;

    private const int TimeoutSeconds = 5;
    private const int LongestPause = 30;

    private const string LookSql = """
        select extract(epoch from b.blocked_until - c.now)::float8, b.blocked_by, coalesce(b.failures, 0), s.slots, s.free,
               extract(epoch from s.next - c.now)::float8
        from (select clock_timestamp() as now) c
        left join provider_budgets b on b.key_hash = @key
        cross join lateral (
          select count(*)::int as slots, count(*) filter (where free_at <= c.now)::int as free, min(free_at) as next
          from provider_slots where key_hash = @key and slot < @limit) s
        """;

    // One statement, so that a slot is taken once: a row that another is taking is skipped, and one that was just taken is looked at again
    // under its lock.
    private const string TakeSql = """
        update provider_slots set free_at = clock_timestamp() + @hold
        where key_hash = @key and slot = (
          select slot from provider_slots
          where key_hash = @key and slot < @limit and free_at <= clock_timestamp()
            and (@probe or not exists (
              select from provider_budgets b
              where b.key_hash = @key and (b.blocked_until > clock_timestamp() or b.failures >= @most)))
          order by free_at limit 1 for update skip locked)
        returning slot, free_at
        """;

    private const string ProbeSql = """
        update provider_budgets set blocked_until = clock_timestamp() + @hold, blocked_by = 'outage'
        where key_hash = @key and failures >= @most and (blocked_until is null or blocked_until <= clock_timestamp())
        """;

    private const string GiveBackSql = """
        update provider_slots set free_at = case
          when free_at = @lease then clock_timestamp() + @window else greatest(free_at, clock_timestamp() + @window) end
        where key_hash = @key and slot = @slot
        """;

    private const string EnsureSql = """
        insert into provider_budgets (key_hash, failures) values (@key, 0) on conflict do nothing;
        insert into provider_slots (key_hash, slot, free_at)
        select @key, slot, '1970-01-01Z' from generate_series(0, @limit - 1) slot order by slot on conflict do nothing
        """;

    private const string AnsweredSql = """
        update provider_budgets
        set failures = 0,
            blocked_until = case when blocked_by = 'outage' then null else blocked_until end,
            blocked_by = nullif(blocked_by, 'outage')
        where key_hash = @key and failures > 0
        """;

    private const string RefusedSql = """
        insert into provider_budgets as b (key_hash, failures, blocked_until, blocked_by)
        values (@key, 0, clock_timestamp() + @wait, 'rateLimit')
        on conflict (key_hash) do update
        set failures = 0, blocked_by = 'rateLimit',
            blocked_until = case
              when b.blocked_by = 'rateLimit' then greatest(b.blocked_until, excluded.blocked_until) else excluded.blocked_until end
        """;

    // While everybody pauses, only the probe tells something new: calls that were on their way count no second time.
    private const string FailedSql = """
        insert into provider_budgets as b (key_hash, failures) values (@key, 1)
        on conflict (key_hash) do update
        set failures = b.failures + 1,
            blocked_until = case when b.failures + 1 < @most then b.blocked_until else greatest(
              clock_timestamp() + @pause * least(power(2, least(b.failures + 1 - @most, 10)), @longest),
              case when b.blocked_by = 'rateLimit' then b.blocked_until end) end,
            blocked_by = case when b.failures + 1 < @most then b.blocked_by else 'outage' end
        where b.failures < @most or @probe
        """;

    private const string AbandonedSql =
        "update provider_budgets set blocked_until = clock_timestamp() where key_hash = @key and failures >= @most";

    public async Task<BudgetRows> Look(CancellationToken cancellationToken)
    {
        using var apart = Apart();
        await using var command = Command(LookSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : BudgetRows.None;
    }

    /// <summary>For those who can't wait asynchronously.</summary>
    public BudgetRows LookNow()
    {
        using var apart = Apart();
        using var command = Command(LookSql);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader) : BudgetRows.None;
    }

    /// <summary>Makes the slots that are missing.</summary>
    public async Task Ensure(CancellationToken cancellationToken)
    {
        using var apart = Apart();
        await using var command = Command(EnsureSql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A free slot for at most <paramref name="hold"/>; null when none is free or everybody pauses.</summary>
    public async Task<SlotLease?> Take(TimeSpan hold, CancellationToken cancellationToken)
    {
        using var apart = Apart();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Take(connection, hold, probe: false, cancellationToken);
    }

    /// <summary>The right to be the one call that finds out whether the provider is back, with a slot where there are any; null when another has it.</summary>
    public async Task<(SlotLease? Slot, bool Taken)> TakeProbe(TimeSpan pause, TimeSpan hold, CancellationToken cancellationToken)
    {
        using var apart = Apart();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var probe = Command(ProbeSql, connection);
        probe.Parameters.AddWithValue("hold", pause);
        if (await probe.ExecuteNonQueryAsync(cancellationToken) == 0)
            return (null, false);
        var slot = limit == 0 ? null : await Take(connection, hold, probe: true, cancellationToken);
        if (limit > 0 && slot is null)
            return (null, false);
        await transaction.CommitAsync(cancellationToken);
        return (slot, true);
    }

    /// <summary>Gives the slot back, to be free again after a window, and tells what came of the call.</summary>
    public async Task Leave(SlotLease? lease, CallReport report, bool probe, TimeSpan window, CancellationToken cancellationToken)
    {
        using var apart = Apart();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = TimeoutSeconds };
        if (lease is not null)
            batch.BatchCommands.Add(
                Part(GiveBackSql, new("lease", lease.Until), new("window", window), new("slot", lease.Slot), new("key", key))
            );
        batch.BatchCommands.Add(
            report switch
            {
                { Answered: true } => Part(AnsweredSql, new NpgsqlParameter("key", key)),
                { RefusedFor: { } wait } => Part(RefusedSql, new("key", key), new("wait", wait)),
                { FailedFor: { } pause } => Part(
                    FailedSql,
                    new("key", key),
                    new("pause", pause),
                    new("probe", probe),
                    new("most", MostFailures),
                    new("longest", LongestPause)
                ),
                _ when probe => Part(AbandonedSql, new("key", key), new("most", MostFailures)),
                _ => Part("select"),
            }
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<SlotLease?> Take(NpgsqlConnection connection, TimeSpan hold, bool probe, CancellationToken cancellationToken)
    {
        await using var command = Command(TakeSql, connection);
        command.Parameters.AddWithValue("hold", hold);
        command.Parameters.AddWithValue("probe", probe);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new SlotLease(reader.GetInt32(0), reader.GetDateTime(1)) : null;
    }

    // The caller may be in a transaction of its own, which must neither hold slots nor take them back.
    private static TransactionScope Apart() => new(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

    private NpgsqlCommand Command(string sql, NpgsqlConnection? connection = null)
    {
        var command = connection is null ? dataSource.CreateCommand(sql) : new NpgsqlCommand(sql, connection);
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.AddWithValue("key", key);
        command.Parameters.AddWithValue("limit", limit);
        command.Parameters.AddWithValue("most", MostFailures);
        return command;
    }

    private static NpgsqlBatchCommand Part(string sql, params NpgsqlParameter[] parameters)
    {
        var part = new NpgsqlBatchCommand(sql);
        part.Parameters.AddRange(parameters);
        return part;
    }

    private static BudgetRows Read(DbDataReader reader) =>
        new(
            reader.IsDBNull(0) ? TimeSpan.Zero : TimeSpan.FromSeconds(reader.GetDouble(0)),
            reader.IsDBNull(1) ? null : reader.GetString(1),
            reader.GetInt32(2),
            reader.GetInt32(3),
            reader.GetInt32(4),
            reader.IsDBNull(5) ? TimeSpan.Zero : TimeSpan.FromSeconds(reader.GetDouble(5))
        );
}

/// <summary>What came of a call; none of the three when nobody knows, as after a cancellation.</summary>
/// <param name="Answered">The provider works.</param>
/// <param name="RefusedFor">It refused the call for its rate limit, until so much later.</param>
/// <param name="FailedFor">It failed; if too often, everybody pauses for so long, and longer each time.</param>
internal readonly record struct CallReport(bool Answered = false, TimeSpan? RefusedFor = null, TimeSpan? FailedFor = null);
