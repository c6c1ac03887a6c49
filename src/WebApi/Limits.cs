using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;

namespace CleanPortfolio.WebApi;

/// <summary>Bounds on what one request may take.</summary>
internal static class Limits
{
    private const long LargestBody = 1024 * 1024;
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    public static void Add(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.AddRequestTimeouts(timeouts =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = LongestRequest,
                TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            }
        );
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
        // Binding failures are thrown in every environment, so that they too become problems.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
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
}
