using System.Text.Encodings.Web;
using CleanPortfolio.Domain.Access;
using Microsoft.AspNetCore.Antiforgery;

namespace CleanPortfolio.WebApi.Browser;

/// <summary>The few pages of our own: a form, a style, no script.</summary>
internal static class HtmlPage
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string Style = """
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #f4f5f7 }
        main { max-width: 22rem; margin: 12vh auto; padding: 2rem; background: #fff; border: 1px solid #dcdfe4; border-radius: 6px }
        h1 { margin: 0 0 1rem; font-size: 1.25rem }
        label { display: block; margin-top: 1rem }
        input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; border: 1px solid #8a919c; border-radius: 4px }
        button { width: 100%; margin-top: 1.5rem; padding: .6rem; font: inherit; color: #fff; background: #1d4f91; border: 0; border-radius: 4px }
        [role=alert] { padding: .5rem .75rem; background: #fdecea; border-left: 4px solid #b3261e }
        """;

    public static string SignIn(PathString root, string returnTo, string? message, AntiforgeryTokenSet token) =>
        $"""
            {(message is null ? "" : $"""<p role="alert">{Text(message)}</p>""")}
            <form method="post" action="{Text(Action(root, SignInPages.SignIn, returnTo))}">
              {Hidden(token)}
              <label>E-mail address <input name="email" type="email" autocomplete="username" required autofocus></label>
              <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
              <button>Sign in</button>
            </form>
            """;

    public static string SignOut(PathString root, Caller caller, AntiforgeryTokenSet token) =>
        $"""
            <p>Signed in as {Text(caller.Name)}, {(caller.Role is Role.Admin ? "who may change jobs" : "who may look at jobs")}.</p>
            <form method="post" action="{Text(Action(root, SignInPages.SignOut, ""))}">
              {Hidden(token)}
              <button>Sign out</button>
            </form>
            <p><a href="{Text(root.ToUriComponent())}">Back to the jobs</a></p>
            """;

    public static Task Write(HttpContext http, int status, string content)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return http.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>CleanPortfolio jobs</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>CleanPortfolio jobs</h1>
            {content}
            </main>
            </body>
            </html>
            """,
            http.RequestAborted
        );
    }

    private static string Action(PathString root, string page, string returnTo) =>
        root.Add(page).ToUriComponent() + (returnTo.Length == 0 ? "" : QueryString.Create(SignInPages.ReturnTo, returnTo).ToUriComponent());

    private static string Hidden(AntiforgeryTokenSet token) =>
        $"""<input type="hidden" name="{Text(token.FormFieldName)}" value="{Text(token.RequestToken!)}">""";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
