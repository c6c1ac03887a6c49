using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.WebApi.Browser;
using Microsoft.Net.Http.Headers;

namespace CleanPortfolio.WebApi.Access;

/// <summary>
/// Who calls, and whether the route is open to it. A route that says nothing is open to nobody. Routes for anybody don't ask who calls:
/// signing in, and health while the database is away, work whatever is sent along.
/// </summary>
internal static class Gatekeeper
{
    public const string KeyHeader = "X-Api-Key";
    private const string Scheme = "Bearer ";
    private const string Challenge = "Bearer realm=\"cleanportfolio\"";

    /// <summary>Finds out who calls.</summary>
    public static async Task Authenticate(HttpContext http, RequestDelegate next)
    {
        http.Features.Set(With(http, Caller.Anonymous));
        if (http.GetEndpoint()?.Metadata.GetMetadata<ByBrowser>() is not null)
        {
            if (await http.RequestServices.GetRequiredService<BrowserSessions>().CallerOf(http) is { } person)
                http.Features.Set(With(http, person));
            await next(http);
            return;
        }
        var shown = Shown(http.Request.Headers);
        if (shown.Count > 0 && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<Allow>() != Allow.Anybody)
        {
            var callers = http.RequestServices.GetRequiredService<ICallers>();
            // Two credentials may be of two callers: whose request it is can't be told.
            if (shown is [{ } credential] && await callers.Of(credential, http.RequestAborted) is { } caller)
                http.Features.Set(With(http, caller));
            else
                http.Response.Headers.WWWAuthenticate = $"{Challenge}, error=\"invalid_token\"";
        }
        await next(http);
    }

    /// <summary>Lets the caller pass, or answers 401 to nobody and 403 to somebody.</summary>
    public static Task Authorize(HttpContext http, RequestDelegate next)
    {
        // Routing's own endpoints, which answer 405 and 415, are no routes.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
            return next(http);
        var caller = http.Features.Get<Caller>()!;
        var allow = endpoint.Metadata.GetMetadata<Allow>();
        var page = endpoint.Metadata.GetMetadata<ByBrowser>();
        if (allow == Allow.Anybody || (allow?.Permits(caller) == true && page?.IsOpen(caller, http.Request) != false))
            return next(http);
        var isNobody = caller.Key == Caller.Anonymous.Key;
        if (isNobody && page is not null && ByBrowser.SendToSignIn(http))
            return Task.CompletedTask;
        http.Response.StatusCode = isNobody ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        if (isNobody && http.Response.Headers.WWWAuthenticate.Count == 0)
            http.Response.Headers.WWWAuthenticate = Challenge;
        return Task.CompletedTask;
    }

    private static Caller With(HttpContext http, Caller caller) => caller with { Address = http.Connection.RemoteIpAddress?.ToString() };

    private static List<string?> Shown(IHeaderDictionary headers) =>
        [
            .. headers[HeaderNames.Authorization]
                .Select(text => text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? text[Scheme.Length..].Trim() : ""),
            .. headers[KeyHeader].Select(text => text?.StartsWith(ApiKeyText.Mark, StringComparison.Ordinal) == true ? text : ""),
        ];
}
