namespace CleanPortfolio.Application.Ports;

/// <summary>The calls that the provider allows, shared by everything that uses the same key: all workers of all processes on one database.</summary>
public interface IProviderBudget
{
    /// <summary>How it stands now.</summary>
    Task<BudgetState> State(CancellationToken cancellationToken);
}

/// <summary>How the calls of a key stand at one instant. Instants are those of the application's clock.</summary>
/// <param name="CallsPerWindow">Calls allowed in any <paramref name="Window"/>; null is unlimited.</param>
/// <param name="Window">Length of the window, a minute at the real provider.</param>
/// <param name="Remaining">Calls that may be sent at once, 0 while blocked; null is unlimited.</param>
/// <param name="NextCallAt">When the next call may be sent; null is at once.</param>
/// <param name="BlockedUntil">No call is sent before, whoever makes it; null when nothing is in the way.</param>
/// <param name="BlockedBy">Why, one of <see cref="BlockReasons"/>; null when nothing is in the way.</param>
/// <param name="At">The instant of this state.</param>
public sealed record BudgetState(
    int? CallsPerWindow,
    TimeSpan Window,
    int? Remaining,
    DateTimeOffset? NextCallAt,
    DateTimeOffset? BlockedUntil,
    string? BlockedBy,
    DateTimeOffset At
)
{
    /// <summary>
    /// From this instant until the last of <paramref name="calls"/> may be sent: the first wait, and a window for each further full set of
    /// calls. Never too short when nobody else uses the key; calls that answer slowly come on top. Zero for no calls, and for any number
    /// of them while nothing limits or blocks.
    /// </summary>
    public TimeSpan DurationOf(int calls)
    {
        if (calls <= 0)
            return TimeSpan.Zero;
        var wait = NextCallAt is { } next && next > At ? next - At : TimeSpan.Zero;
        if (CallsPerWindow is not { } limit)
            return wait;
        // Those that are used up count as used just now; after a wait, as coming back together with the first.
        var missing = wait > TimeSpan.Zero ? 0 : Math.Max(0, limit - (Remaining ?? limit));
        return wait + (Window * ((calls - 1 + missing) / limit));
    }
}

/// <summary>Stable codes of <see cref="BudgetState.BlockedBy"/>.</summary>
public static class BlockReasons
{
    /// <summary>The provider refused a call for its rate limit.</summary>
    public const string RateLimit = "rateLimit";

    /// <summary>The provider failed several times in a row; after a pause one call finds out whether it is back.</summary>
    public const string Outage = "outage";
}
