using CleanPortfolio.Domain.Access;

namespace CleanPortfolio.WebApi.Browser;

/// <summary>Of pages for people: who calls is told by a browser's cookie and by nothing else, and nobody is sent to the sign-in.</summary>
/// <param name="IsOpen">Whether what the policy permits is permitted for this request too.</param>
internal sealed record ByBrowser(Func<Caller, HttpRequest, bool> IsOpen)
{
    /// <summary>Sends a browser to the sign-in; a script of a page is only told.</summary>
    /// <returns>Whether it was sent.</returns>
    public static bool SendToSignIn(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Headers.XRequestedWith == "XMLHttpRequest")
            return false;
        _ = request.Path.StartsWithSegments(Dashboard.Path, StringComparison.OrdinalIgnoreCase, out var page);
        var query = QueryString.Create(SignInPages.ReturnTo, page.ToUriComponent() + request.QueryString.ToUriComponent());
        http.Response.Redirect(request.PathBase.Add(Dashboard.Path + SignInPages.SignIn).ToUriComponent() + query.ToUriComponent());
        return true;
    }
}
