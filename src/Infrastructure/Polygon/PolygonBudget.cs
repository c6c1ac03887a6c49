using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>Leave to make one call, or how long to wait before asking again.</summary>
internal sealed record Turn(SlotLease? Slot = null, bool IsProbe = false, TimeSpan? Wait = null, string WaitsFor = "");

/// <summary>
/// The budget of the configured key. A slot is held from before the call is sent until a window after it is over, so the window counts
/// from when the provider has surely counted the call; a holder that dies gives it back by that time running out. Without a limit nothing
/// is taken, and the database is asked once a second whether everybody pauses.
/// </summary>
internal sealed class PolygonBudget(
    NpgsqlDataSource dataSource,
    IOptions<PolygonOptions> options,
    TimeProvider clock,
    ILogger<PolygonBudget> logger
) : IProviderBudget
{
    /// <summary>Reason of a wait that is nobody's fault: all calls of the window are made.</summary>
    public const string UsedUp = "budget";

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private readonly BudgetStore store = new(dataSource, HashOf(options.Value), options.Value.Limit);
    private volatile Sight? seen;

    private PolygonOptions Options => options.Value;

    // The clocks of two machines may run at different speeds, by less than this.
    private TimeSpan Window => Options.Minute * 1.001;

    private TimeSpan Hold => Options.AttemptTimeout + Slack + Window;

    /// <inheritdoc/>
    public async Task<BudgetState> State(CancellationToken cancellationToken) => StateOf(Remember(await store.Look(cancellationToken)));

    /// <summary>The state as of at most a second ago; null while the database does not answer.</summary>
    public BudgetState? Glance()
    {
        try
        {
            return StateOf(Fresh() ?? Remember(store.LookNow()));
        }
        catch (NpgsqlException e)
        {
            logger.LogWarning(e, "The budget of the provider can't be read");
            return null;
        }
    }

    /// <summary>Leave to make one call at once, or a wait. Leave must be given back by <see cref="Leave"/>.</summary>
    public async Task<Turn> Enter(CancellationToken cancellationToken)
    {
        var limit = Options.Limit;
        var asked = Stopwatch.GetTimestamp();
        if (limit == 0 && Fresh() is { } known && IsOpen(known))
            return new Turn();
        if (limit > 0 && await store.Take(Hold, cancellationToken) is { } slot)
            return await Punctual(new Turn(slot), asked);
        var rows = Remember(await store.Look(cancellationToken));
        if (rows.Slots < limit)
        {
            await store.Ensure(cancellationToken);
            return new Turn(Wait: Shortest, WaitsFor: UsedUp);
        }
        if (rows.Blocked > TimeSpan.Zero)
            return new Turn(Wait: rows.Blocked, WaitsFor: rows.By ?? BlockReasons.Outage);
        if (rows.Failures >= BudgetStore.MostFailures)
        {
            var (own, taken) = await store.TakeProbe(Options.AttemptTimeout + Slack, Hold, cancellationToken);
            return taken
                ? await Punctual(new Turn(own, IsProbe: true), asked)
                : new Turn(Wait: Longer(rows.NextFree), WaitsFor: BlockReasons.Outage);
        }
        return limit == 0 ? new Turn() : new Turn(Wait: Longer(rows.NextFree), WaitsFor: UsedUp);
    }

    /// <summary>The call is over.</summary>
    public async Task Leave(Turn turn, CallReport report)
    {
        if (turn is { Slot: null, IsProbe: false } && report is not { RefusedFor: not null } and not { FailedFor: not null })
        {
            if (!report.Answered || seen is not { Rows.Failures: > 0 })
                return;
        }
        try
        {
            await store.Leave(turn.Slot, report, turn.IsProbe, Window, CancellationToken.None);
        }
        catch (NpgsqlException e)
        {
            // What is held comes free by itself, later; the answer is here and must not be lost for it.
            logger.LogWarning(e, "The budget of the provider can't be written");
        }
        seen = null;
    }

    // A process that stood still after it took a slot would call when the slot may be another's already.
    private async Task<Turn> Punctual(Turn turn, long asked)
    {
        if (Stopwatch.GetElapsedTime(asked) < Slack)
            return turn;
        await Leave(turn, default);
        return new Turn(Wait: Shortest, WaitsFor: UsedUp);
    }

    private BudgetState StateOf(BudgetRows rows)
    {
        var now = clock.GetUtcNow();
        var limit = Options.Limit;
        var isBlocked = rows.Blocked > TimeSpan.Zero;
        var free = rows.Free + Math.Max(0, limit - rows.Slots);
        var wait = limit > 0 && free == 0 ? Longer(rows.NextFree) : TimeSpan.Zero;
        if (rows.Blocked > wait)
            wait = rows.Blocked;
        return new BudgetState(
            limit == 0 ? null : limit,
            Options.Minute,
            limit == 0 ? null
                : isBlocked ? 0
                : free,
            wait > TimeSpan.Zero ? now + wait : null,
            isBlocked ? now + rows.Blocked : null,
            isBlocked ? rows.By : null,
            now
        );
    }

    private BudgetRows Remember(BudgetRows rows)
    {
        seen = new Sight(rows, Stopwatch.GetTimestamp());
        return rows;
    }

    private BudgetRows? Fresh() => seen is { } last && Stopwatch.GetElapsedTime(last.At) < FreshFor ? last.Rows : null;

    private static bool IsOpen(BudgetRows rows) => rows.Blocked <= TimeSpan.Zero && rows.Failures < BudgetStore.MostFailures;

    private static TimeSpan Longer(TimeSpan wait) => wait > Shortest ? wait : Shortest;

    private sealed record Sight(BudgetRows Rows, long At);

    // The provider has two names and counts the calls of a key once.
    private static string HashOf(PolygonOptions options)
    {
        var host = FollowNextUrl.IsProvider(options.BaseUrl.Host) ? "the provider" : options.BaseUrl.Authority;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.ApiKey}\n{host}")));
    }
}
