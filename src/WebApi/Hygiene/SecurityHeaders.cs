using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace CleanPortfolio.WebApi.Hygiene;

/// <summary>What browsers and caches on the way are told with every answer, refusals and failures too.</summary>
internal static partial class SecurityHeaders
{
    private const string SwaggerPage = "/swagger/index.html";
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    // The pages of Swagger UI and of the dashboard: their own files only, styles within the page as they draw with them.
    private const string OwnPages =
        "default-src 'self'; script-src 'self'{0}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public static Task Add(HttpContext http, RequestDelegate next)
    {
        // As it was asked for: the dashboard takes its own root off.
        var path = http.Request.Path;
        http.Response.OnStarting(() =>
        {
            Write(path, http.Response.Headers);
            return Task.CompletedTask;
        });
        return path.Equals(SwaggerPage, StringComparison.OrdinalIgnoreCase) ? WithHashes(http, next) : next(http);
    }

    private static void Write(PathString path, IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (StringValues.IsNullOrEmpty(headers.ContentSecurityPolicy))
            headers.ContentSecurityPolicy = IsPage(path) ? OwnPagesWith("") : Nothing;
        // Personal data, tokens and problems are for this caller, now. Answers that may be kept say so themselves.
        if (StringValues.IsNullOrEmpty(headers.CacheControl))
            headers.CacheControl =
                path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase)
                || path.StartsWithSegments("/openapi.json", StringComparison.OrdinalIgnoreCase)
                    ? "no-cache"
                    : "no-store";
    }

    private static bool IsPage(PathString path) =>
        path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/hangfire", StringComparison.OrdinalIgnoreCase);

    private static string OwnPagesWith(string scripts) => OwnPages.Replace("{0}", scripts, StringComparison.Ordinal);

    // The page starts by a script of its own, which is allowed by its hash and no other with it.
    private static async Task WithHashes(HttpContext http, RequestDelegate next)
    {
        http.Request.Headers.Remove("Accept-Encoding");
        var body = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }
        var hashes = InlineScript()
            .Matches(Encoding.UTF8.GetString(page.ToArray()))
            .Select(script => SHA256.HashData(Encoding.UTF8.GetBytes(AsRead(script.Groups["code"].Value))))
            .Select(hash => $" 'sha256-{Convert.ToBase64String(hash)}'");
        http.Response.Headers.ContentSecurityPolicy = OwnPagesWith(string.Concat(hashes));
        await body.WriteAsync(page.ToArray(), http.RequestAborted);
    }

    // Browsers know no carriage returns.
    private static string AsRead(string script) => script.ReplaceLineEndings("\n");

    [GeneratedRegex(@"<script>(?<code>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineScript();
}
