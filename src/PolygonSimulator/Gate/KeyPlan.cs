namespace CleanPortfolio.PolygonSimulator;

/// <summary>How fresh the bars of a plan are.</summary>
public enum Freshness
{
    /// <summary>From the close of the session on.</summary>
    RealTime,

    /// <summary>A quarter of an hour later; aggregates say DELAYED.</summary>
    Delayed,

    /// <summary>Only dates before the current New York date; today is refused.</summary>
    EndOfDay,
}

/// <summary>An API key and what it may ask for.</summary>
/// <param name="Key">The key as clients send it, and its name in <see cref="ObservedCall"/>.</param>
public sealed record KeyPlan(string Key)
{
    /// <summary>Calls in any <see cref="Window"/>; null is unlimited.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>Length of the minute, of real time: shorter, a limit is kept as exactly and felt sooner.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Years of bars before today; null is all.</summary>
    public int? HistoryYears { get; init; }

    /// <summary>A range partly older than the plan is cut silently; otherwise it is refused. Both have been observed.</summary>
    public bool ClipsHistory { get; init; }

    /// <summary>Years of splits listed; null is all.</summary>
    public int? SplitYears { get; init; }

    /// <summary>How fresh bars are, default real time.</summary>
    public Freshness Freshness { get; init; }

    /// <summary>Path fragments that are refused as not in the plan, for instance <c>/v2/aggs/grouped</c>.</summary>
    public IReadOnlyList<string> NotEntitled { get; init; } = [];

    /// <summary>The free plan: 5 calls a minute, end of day, two years, older bars cut silently.</summary>
    public static KeyPlan Basic(string key) =>
        new(key)
        {
            CallsPerMinute = 5,
            HistoryYears = 2,
            SplitYears = 2,
            ClipsHistory = true,
            Freshness = Freshness.EndOfDay,
        };

    /// <summary>Unlimited calls, delayed, five years, older ranges refused.</summary>
    public static KeyPlan Starter(string key) => new(key) { HistoryYears = 5, Freshness = Freshness.Delayed };

    /// <summary>Unlimited calls, delayed, ten years, older ranges refused.</summary>
    public static KeyPlan Developer(string key) => new(key) { HistoryYears = 10, Freshness = Freshness.Delayed };

    /// <summary>No limits.</summary>
    public static KeyPlan Advanced(string key) => new(key);

    /// <summary>A plan by its name: basic, starter, developer or advanced.</summary>
    /// <exception cref="ArgumentException">There is no such plan.</exception>
    public static KeyPlan Named(string plan, string key) =>
        plan.ToUpperInvariant() switch
        {
            "BASIC" => Basic(key),
            "STARTER" => Starter(key),
            "DEVELOPER" => Developer(key),
            "ADVANCED" => Advanced(key),
            _ => throw new ArgumentException($"There is no plan '{plan}': basic, starter, developer, advanced.", nameof(plan)),
        };
}
