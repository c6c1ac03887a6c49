using System.Security.Cryptography;
using System.Text.Json;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using Microsoft.AspNetCore.DataProtection;

namespace CleanPortfolio.WebApi.Browser;

/// <summary>
/// Sessions of browsers. The cookie holds the refresh token of a session like any other, encrypted, which is never renewed: what ends the
/// session, a new password or role for instance, ends it here at once, and whoever can read the database can make no cookie of it.
/// </summary>
internal sealed class BrowserSessions(IDataProtectionProvider protection, TimeProvider clock, IHostEnvironment environment)
{
    public const string Cookie = "cleanportfolio-session";

    /// <summary>Without a look at a page a session of a browser ends after this.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>However it is used, it ends after this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);
    private readonly IDataProtector _protector = protection.CreateProtector("CleanPortfolio.Browser.Session");

    /// <summary>Whether cookies go over HTTPS only.</summary>
    public bool IsSecure => !environment.IsDevelopment();

    /// <summary>The caller behind the cookie of a request; null when there is none, or its session is over.</summary>
    public async Task<Caller?> CallerOf(HttpContext http)
    {
        if (Read(http.Request) is not { } ticket)
            return null;
        var callers = http.RequestServices.GetRequiredService<ICallers>();
        var caller = await callers.OfSession(ticket.Token, http.RequestAborted);
        var now = clock.GetUtcNow();
        // A page that is left open asks for figures for ever: that is no use of it.
        if (caller is not null && now - ticket.SeenAt >= Renewal && !Dashboard.IsPolling(http.Request))
            Write(http, ticket with { SeenAt = now });
        return caller;
    }

    /// <summary>Begins one with a session's refresh token.</summary>
    public void Begin(HttpContext http, string token)
    {
        var now = clock.GetUtcNow();
        Write(http, new Ticket(token, now, now));
    }

    /// <summary>Ends it for the browser; the refresh token of the session that is to be closed.</summary>
    public string? End(HttpContext http)
    {
        http.Response.Cookies.Delete(Cookie, Options(http));
        return Read(http.Request)?.Token;
    }

    private Ticket? Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } text)
            return null;
        try
        {
            var ticket = JsonSerializer.Deserialize<Ticket>(_protector.Unprotect(text));
            var now = clock.GetUtcNow();
            return ticket is not null && now < ticket.SeenAt + Idle && now < ticket.StartedAt + Longest ? ticket : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private void Write(HttpContext http, Ticket ticket) =>
        http.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(ticket)), Options(http));

    // Without an end of its own it goes with the browser.
    private CookieOptions Options(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            Secure = IsSecure || http.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            Path = PathOf(http.Request),
            IsEssential = true,
        };

    // Below a prefix that a proxy adds; and within the pages' own branch, where the base has the path already.
    private static string PathOf(HttpRequest request) =>
        request.PathBase.Value?.EndsWith(Dashboard.Path, StringComparison.OrdinalIgnoreCase) == true
            ? request.PathBase.ToUriComponent()
            : request.PathBase.Add(Dashboard.Path).ToUriComponent();

    private sealed record Ticket(string Token, DateTimeOffset StartedAt, DateTimeOffset SeenAt);
}
