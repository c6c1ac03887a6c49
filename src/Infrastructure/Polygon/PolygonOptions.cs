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

    /// <summary>How long to wait when the rate limit is used up and the provider does not say: its limits are per minute.</summary>
    public TimeSpan RateLimitWait { get; set; } = TimeSpan.FromSeconds(61);

    /// <summary>Refusals in a row for the rate limit after which a call is given up.</summary>
    public int MostRateLimitWaits { get; set; } = 10;

    /// <summary>Time limit of one attempt, body included.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause before a passing failure is tried again; it doubles each time.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows asked for per page of bars; the provider's greatest is 50 000.</summary>
    public int BarsPerPage { get; set; } = 50_000;
}
