namespace CleanPortfolio.WebApi.Hygiene;

/// <summary>
/// Pages of which other origins may call from a browser: exactly those of <c>Cors:Origins</c>, none by default. Callers show tokens and keys,
/// so that no cookie of the API goes with such calls.
/// </summary>
internal static class CrossOrigins
{
    private static readonly string[] Asked =
    [
        "Authorization",
        "Content-Type",
        "Idempotency-Key",
        "If-Match",
        "If-None-Match",
        "X-Api-Key",
        "traceparent",
    ];

    private static readonly string[] Answered =
    [
        "ETag",
        "Location",
        "Idempotency-Replayed",
        "Retry-After",
        "RateLimit",
        "RateLimit-Policy",
        "WWW-Authenticate",
        "Content-Disposition",
    ];

    public static void Add(WebApplicationBuilder builder)
    {
        var origins = ConfiguredList.Of(builder.Configuration, "Cors:Origins");
        foreach (var origin in origins)
            if (!IsOrigin(origin))
                throw new Settings.Unusable(
                    $"Cors:Origins has \"{origin}\", which is no origin: scheme and host, and the port unless it is the usual one, as in https://app.example.com."
                );
        builder.Services.AddCors(cors =>
            cors.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins([.. origins])
                    .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                    .WithHeaders(Asked)
                    .WithExposedHeaders(Answered)
                    .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            )
        );
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase)
        && !text.Contains('*', StringComparison.Ordinal);
}
