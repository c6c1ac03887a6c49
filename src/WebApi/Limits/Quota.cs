using System.Threading.RateLimiting;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>A bucket of tokens, one for each request; a full one is what a caller may use at once.</summary>
/// <param name="Tokens">In a full bucket.</param>
/// <param name="Refill">Tokens that come back in each period.</param>
/// <param name="Period">See there.</param>
internal sealed record Quota(int Tokens, int Refill, TimeSpan Period)
{
    // Far beyond what a person or a well-made program asks for.
    private static readonly Dictionary<RouteClass, Quota> Usual = new()
    {
        [RouteClass.Read] = new(3000, 100, TimeSpan.FromSeconds(1)),
        [RouteClass.Write] = new(1000, 50, TimeSpan.FromSeconds(1)),
        [RouteClass.Compute] = new(1000, 100, TimeSpan.FromSeconds(1)),
        [RouteClass.Bulk] = new(60, 1, TimeSpan.FromSeconds(1)),
        [RouteClass.SignIn] = new(30, 1, TimeSpan.FromSeconds(2)),
    };

    private static readonly Quota UsualSubject = new(10, 1, TimeSpan.FromSeconds(6));

    /// <summary>Seconds in which an empty bucket fills.</summary>
    public long Window => (long)Math.Ceiling(Tokens * Period.TotalSeconds / Refill);

    /// <summary>For the limiter.</summary>
    public TokenBucketRateLimiterOptions Options =>
        new()
        {
            TokenLimit = Tokens,
            TokensPerPeriod = Refill,
            ReplenishmentPeriod = Period,
            QueueLimit = 0,
        };

    /// <summary>As section <c>Limits</c> of the configuration has them: <c>Limits:{Class}:{Tokens,Refill,Period}</c>.</summary>
    public static QuotaTable AllOf(IConfiguration configuration) =>
        new(
            Usual.ToDictionary(usual => usual.Key, usual => Read(configuration, usual.Key.ToString(), usual.Value)),
            Read(configuration, "SignInSubject", UsualSubject)
        );

    /// <summary>Seconds until a bucket with so many tokens is full again.</summary>
    public long FullIn(long remaining) => (long)Math.Ceiling((Tokens - remaining) * Period.TotalSeconds / Refill);

    private static Quota Read(IConfiguration configuration, string name, Quota usual)
    {
        var section = configuration.GetSection($"Limits:{name}");
        var quota = new Quota(
            section.GetValue(nameof(Tokens), usual.Tokens),
            section.GetValue(nameof(Refill), usual.Refill),
            section.GetValue(nameof(Period), usual.Period)
        );
        return quota is { Tokens: > 0, Refill: > 0 } && quota.Period > TimeSpan.Zero
            ? quota
            : throw new Settings.Unusable($"Limits:{name} needs Tokens, Refill and Period above zero.");
    }
}

/// <summary>The quotas of the classes, and that of attempts to sign in as one and the same.</summary>
internal sealed record QuotaTable(IReadOnlyDictionary<RouteClass, Quota> Classes, Quota Subject);
