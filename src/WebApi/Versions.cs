using System.Globalization;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.WebApi.Access;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CleanPortfolio.WebApi;

/// <summary>
/// ETag and If-Match of what can be changed: <see cref="Demand"/> wants the header, use cases compare it with what they are about to
/// change, and the database refuses what changed in between.
/// </summary>
internal sealed class Versions(IHttpContextAccessor http) : IPreconditions
{
    private static readonly string[] Changing = [HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    /// <summary>Whether an operation changes what is there already, so that it must say what it has seen.</summary>
    public static bool IsDemanded(string method) => Changing.Contains(method, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an operation that adds to something may say what it has seen of that: those that add to a ledger.</summary>
    public static bool MayBeNamed(string route) => route.Contains("portfolios/{portfolioId}/", StringComparison.Ordinal);

    /// <summary>Whether the request names versions, so that a change by somebody else is a wrong one of them.</summary>
    public static bool AreNamed(HttpRequest request) => IsGiven(request) && request.Headers.IfMatch != "*";

    public static Task Demand(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Allow>() is null)
            return next(http);
        if (IsGiven(http.Request))
            Named(http.Request);
        else if (IsDemanded(http.Request.Method))
            throw new PreconditionMissing();
        return next(http);
    }

    /// <summary>Tells the version of what is answered.</summary>
    public static void Tell<TAnswer>(HttpContext http, TAnswer answer)
    {
        if (answer is IVersioned { Version: { } version })
            http.Response.Headers.ETag = Tag(version);
    }

    bool IPreconditions.AreNamed => http.HttpContext?.Request is { } request && AreNamed(request);

    public void Require(long? version)
    {
        if (http.HttpContext?.Request is not { } request || !AreNamed(request))
            return;
        if (version is null || !Named(request).Any(tag => !tag.IsWeak && tag.Tag == Tag(version.Value)))
            throw new Stale();
    }

    // Generated clients send an empty header for a parameter that is not given.
    private static bool IsGiven(HttpRequest request) => !StringValues.IsNullOrEmpty(request.Headers.IfMatch);

    private static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static IList<EntityTagHeaderValue> Named(HttpRequest request) =>
        EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags)
            ? tags
            : throw new WrongHeader(HeaderNames.IfMatch, "must be * or ETags in quotes, separated by commas.");
}
