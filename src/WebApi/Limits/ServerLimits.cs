using Microsoft.AspNetCore.Http.Timeouts;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>Bounds on what one connection and one request may take.</summary>
internal static class ServerLimits
{
    private const long LargestBody = 1024 * 1024;
    private const int LongestRequestLine = 8 * 1024;
    private const int LargestHeaders = 16 * 1024;
    private const int MostHeaders = 64;
    private const long MostConnections = 10_000;
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    public static void Add(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = LargestBody;
            limits.MaxRequestLineSize = LongestRequestLine;
            limits.MaxRequestHeadersTotalSize = LargestHeaders;
            limits.MaxRequestHeaderCount = MostHeaders;
            limits.MaxConcurrentConnections = configuration.GetValue("Limits:Connections", MostConnections);
            limits.RequestHeadersTimeout = LongestHeaders;
            limits.KeepAliveTimeout = LongestSilence;
            // Bytes a second, after a time of grace: who sends or reads more slowly is cut off.
            limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
        builder.Services.AddRequestTimeouts(timeouts =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = configuration.GetValue("Limits:RequestTime", LongestRequest),
                TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            }
        );
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
        // Binding failures are thrown in every environment, so that they too become problems.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton(Capacity.Of(configuration)).AddSingleton<Admission>();
        builder.Services.AddSingleton(Quota.AllOf(configuration)).AddSingleton<Quotas>().AddSingleton<SubjectQuotas>();
        Stopping.Add(builder);
    }

    /// <summary>JSON is UTF-8 (RFC 8259); the framework fails on a character set that it does not know.</summary>
    public static Task OnlyUtf8(HttpContext http, RequestDelegate next)
    {
        var charset = http.Request.GetTypedHeaders().ContentType?.Charset.Value?.Trim('"');
        if (string.IsNullOrEmpty(charset) || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }

    /// <summary>What watches the service is never held up: it must see most when the service is busy.</summary>
    public static bool IsForWatchers(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);
}
