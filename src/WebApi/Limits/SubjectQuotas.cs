using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>More than is granted.</summary>
internal sealed class LimitExceeded(string retryAfter) : Exception("Too many attempts for the same account; try again later.")
{
    public const string Code = "limit.exceeded";

    public string RetryAfter { get; } = retryAfter;
}

/// <summary>A bucket for each e-mail that somebody tries to sign in with, from wherever, whether or not there is such an account.</summary>
internal sealed class SubjectQuotas(QuotaTable quotas) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _buckets = PartitionedRateLimiter.Create<string, string>(
        subject => RateLimitPartition.GetTokenBucketLimiter(subject, _ => quotas.Subject.Options),
        StringComparer.Ordinal
    );

    /// <summary>Counts an attempt.</summary>
    /// <exception cref="LimitExceeded">There were too many.</exception>
    public void Count(string? subject)
    {
        if (string.IsNullOrWhiteSpace(subject))
            return;
        // Of one size, whatever was sent; and no address stays in memory.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(subject.Trim().ToUpperInvariant()));
        using var lease = _buckets.AttemptAcquire(Convert.ToHexString(hash));
        if (!lease.IsAcquired)
            throw new LimitExceeded(Quotas.Seconds(lease));
    }

    public void Dispose() => _buckets.Dispose();
}

/// <summary>For routes on which somebody says who it is.</summary>
internal static class SignInRoutes
{
    /// <summary>Counts attempts by address, and by what the request says who signs in.</summary>
    public static RouteHandlerBuilder CountsSignIns<TRequest>(this RouteHandlerBuilder route, Func<TRequest, string?> subject) =>
        route
            .WithMetadata(new Costs(RouteClass.SignIn))
            .AddEndpointFilter(
                (call, next) =>
                {
                    var quotas = call.HttpContext.RequestServices.GetRequiredService<SubjectQuotas>();
                    foreach (var request in call.Arguments.OfType<TRequest>())
                        quotas.Count(subject(request));
                    return next(call);
                }
            );
}
