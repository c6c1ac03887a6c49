using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.WebApi.Access;
using CleanPortfolio.WebApi.Limits;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;

namespace CleanPortfolio.WebApi.Browser;

/// <summary>Signing in to the dashboard, and out of it: the same use cases as the API's, so the same lock-out and the same words.</summary>
internal static class SignInPages
{
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string ReturnTo = "returnTo";

    public static void Map(IEndpointRouteBuilder app)
    {
        var person = new ByBrowser((_, _) => true);
        app.MapGet(Dashboard.Path + SignIn, Within(http => Show(http, StatusCodes.Status200OK, null)))
            .ExcludeFromDescription()
            .WithMetadata(Allow.Anybody);
        app.MapPost(Dashboard.Path + SignIn, Within(Enter))
            .ExcludeFromDescription()
            .WithMetadata(Allow.Anybody, new Costs(RouteClass.SignIn));
        app.MapGet(Dashboard.Path + SignOut, Within(AskToLeave)).ExcludeFromDescription().WithMetadata(Allow.SignedIn, person);
        app.MapPost(Dashboard.Path + SignOut, Within(Leave)).ExcludeFromDescription().WithMetadata(Allow.SignedIn, person);
    }

    private static async Task Enter(HttpContext http)
    {
        if (!await IsOurForm(http))
        {
            await Show(http, StatusCodes.Status400BadRequest, "The form was too old, or cookies are switched off. Please try again.");
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        try
        {
            http.RequestServices.GetRequiredService<SubjectQuotas>().Count(form["email"]);
            await Enter(http, new SessionDraft(form["email"].ToString(), form["password"].ToString()));
        }
        catch (Exception e) when (e is Unauthenticated or ValidationException)
        {
            await Show(http, StatusCodes.Status401Unauthorized, Unauthenticated.Credentials.Message);
        }
        catch (RuleBroken e)
        {
            await Show(http, StatusCodes.Status422UnprocessableEntity, e.Message);
        }
        catch (LimitExceeded e)
        {
            http.Response.Headers.RetryAfter = e.RetryAfter;
            await Show(http, StatusCodes.Status429TooManyRequests, e.Message);
        }
    }

    private static async Task Enter(HttpContext http, SessionDraft credentials)
    {
        var services = http.RequestServices;
        var mediator = services.GetRequiredService<IMediator>();
        var tokens = await mediator.Send(new OpenSession(credentials), http.RequestAborted);
        var caller = await services.GetRequiredService<ICallers>().OfSession(tokens.RefreshToken, http.RequestAborted);
        if (caller is null || !Allow.OperateMarket.Permits(caller))
        {
            await mediator.Send(new CloseSession(new RefreshDraft(tokens.RefreshToken)), http.RequestAborted);
            await Show(
                http,
                StatusCodes.Status403Forbidden,
                "This account has nothing to do with jobs: administrators and operators have."
            );
            return;
        }
        services.GetRequiredService<BrowserSessions>().Begin(http, tokens.RefreshToken);
        Go(http, PageAfter(http.Request));
    }

    private static Task AskToLeave(HttpContext http)
    {
        var caller = http.Features.Get<Caller>()!;
        var token = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return HtmlPage.Write(http, StatusCodes.Status200OK, HtmlPage.SignOut(http.Request.PathBase, caller, token));
    }

    private static async Task Leave(HttpContext http)
    {
        if (!await IsOurForm(http))
        {
            await AskToLeave(http);
            return;
        }
        if (http.RequestServices.GetRequiredService<BrowserSessions>().End(http) is { } token)
            await http.RequestServices.GetRequiredService<IMediator>().Send(new CloseSession(new RefreshDraft(token)), http.RequestAborted);
        Go(http, SignIn);
    }

    private static Task Show(HttpContext http, int status, string? message)
    {
        if (http.RequestServices.GetRequiredService<BrowserSessions>().IsSecure && !http.Request.IsHttps)
            message = $"{message} Signing in works over HTTPS only; a proxy that ends it must be named in Proxies:Known.".Trim();
        var token = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return HtmlPage.Write(http, status, HtmlPage.SignIn(http.Request.PathBase, PageAfter(http.Request), message, token));
    }

    private static async Task<bool> IsOurForm(HttpContext http)
    {
        try
        {
            return http.Request.HasFormContentType
                && await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    // Whatever is asked for, it is below the dashboard's own path.
    private static string PageAfter(HttpRequest request)
    {
        var asked = request.Query[ReturnTo].ToString();
        return asked.StartsWith('/') && Uri.IsWellFormedUriString(asked, UriKind.Relative) ? asked : "";
    }

    private static void Go(HttpContext http, string page)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = http.Request.PathBase.ToUriComponent() + page;
    }

    // As the dashboard's pages are: cookies of theirs are for this path.
    private static RequestDelegate Within(RequestDelegate page) =>
        async http =>
        {
            var (request, path, pathBase) = (http.Request, http.Request.Path, http.Request.PathBase);
            _ = path.StartsWithSegments(Dashboard.Path, StringComparison.OrdinalIgnoreCase, out var rest);
            (request.PathBase, request.Path) = (pathBase.Add(Dashboard.Path), rest);
            try
            {
                await page(http);
            }
            finally
            {
                (request.PathBase, request.Path) = (pathBase, path);
            }
        };
}
