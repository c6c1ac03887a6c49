namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>The provider; section <c>Polygon</c> of the configuration.</summary>
public sealed class PolygonOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Polygon";

    /// <summary>Where the API is.</summary>
    public Uri BaseUrl { get; set; } = new("https://api.polygon.io");

    /// <summary>The key; without one, Development talks to simulated data and Production does not start.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What was bought with the key.</summary>
    public PolygonPlan Plan { get; set; }

    /// <summary>Calls that the key may make in any <see cref="Minute"/>, 0 is unlimited; by default what the plan says: 5 of Basic.</summary>
    public int? CallsPerMinute { get; set; }

    /// <summary>The provider's minute; shorter only against a simulator whose minute is as short.</summary>
    public TimeSpan Minute { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After failures in a row the first pause of all calls; it doubles, up to thirty times its length.</summary>
    public TimeSpan OutagePause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time limit of one attempt, body included.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause before a passing failure is tried again; it doubles each time.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows asked for per page of bars; the provider's greatest is 50 000.</summary>
    public int BarsPerPage { get; set; } = 50_000;

    /// <summary>Calls in any <see cref="Minute"/>; 0 is unlimited.</summary>
    internal int Limit => Math.Max(0, CallsPerMinute ?? (Plan is PolygonPlan.Basic ? 5 : 0));
}

/// <summary>What the provider sells.</summary>
public enum PolygonPlan
{
    /// <summary>Free: 5 calls a minute, end of day, about two years of history.</summary>
    Basic,

    /// <summary>Unlimited calls, 15 minutes late, five years.</summary>
    Starter,

    /// <summary>Unlimited calls, 15 minutes late, more years.</summary>
    Developer,

    /// <summary>Unlimited calls, real time, all years.</summary>
    Advanced,
}
