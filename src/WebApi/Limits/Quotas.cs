using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CleanPortfolio.Domain.Access;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>
/// A bucket for every caller and class of route; who has not said who it is shares that of its address. Every answer tells what is left, as
/// draft-ietf-httpapi-ratelimit-headers has it: q, the bucket's size, w, seconds in which an empty one fills, r, what is left, t, seconds until
/// it is full again.
/// </summary>
internal sealed class Quotas(QuotaTable quotas) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _buckets = PartitionedRateLimiter.Create<HttpContext, (RouteClass, string)>(http =>
    {
        var costs = Costs.Of(http);
        return RateLimitPartition.GetTokenBucketLimiter((costs, Holder(http, costs)), _ => quotas.Classes[costs].Options);
    });

    public async Task Count(HttpContext http, RequestDelegate next)
    {
        if (ServerLimits.IsForWatchers(http.Request.Path))
        {
            await next(http);
            return;
        }
        using var lease = _buckets.AttemptAcquire(http);
        var left = _buckets.GetStatistics(http)?.CurrentAvailablePermits ?? 0;
        // A refusal that is thrown later clears the headers and forgets the endpoint.
        var costs = Costs.Of(http);
        http.Response.OnStarting(() => Tell(http.Response.Headers, costs, left));
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }
        http.Response.Headers.RetryAfter = Seconds(lease);
        await Problems.Refuse(
            http,
            StatusCodes.Status429TooManyRequests,
            LimitExceeded.Code,
            $"More requests of the kind {NameOf(costs)} than are granted; Retry-After tells when there is room again."
        );
    }

    public void Dispose() => _buckets.Dispose();

    /// <summary>Whole seconds after which one more is granted, at least one.</summary>
    public static string Seconds(RateLimitLease refused)
    {
        var after = refused.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.Zero;
        return Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private Task Tell(IHeaderDictionary headers, RouteClass costs, long left)
    {
        var (quota, name) = (quotas.Classes[costs], NameOf(costs));
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota.Tokens};w={quota.Window}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t={quota.FullIn(left)}");
        return Task.CompletedTask;
    }

    private static string Holder(HttpContext http, RouteClass costs) =>
        costs is not RouteClass.SignIn && http.Features.Get<Caller>() is { } caller && caller.Key != Caller.Anonymous.Key
            ? caller.Key
            : AddressOf(http.Connection.RemoteIpAddress);

    // Whoever has one IPv6 address has a whole network of them.
    private static string AddressOf(IPAddress? address)
    {
        if (address is null)
            return "address:unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? $"address:{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))}"
            : $"address:{address}";
    }

    private static string NameOf(RouteClass costs) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(costs.ToString());
}
