using System.Net;
using System.Text.RegularExpressions;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Browser;

/// <summary>What a person's browser does: keeps cookies, sends them below their path, fills in forms.</summary>
internal sealed partial class Person(HttpClient http, string root = "")
{
    private readonly Dictionary<string, (string Value, string Path)> _cookies = new(StringComparer.Ordinal);

    /// <summary>The last cookies that were set, with all that was said of them.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>The dashboard's address.</summary>
    public string Dashboard => $"{root}/hangfire";

    /// <summary>Somebody else with the same cookies, perhaps at another server.</summary>
    public Person Copied(HttpClient? elsewhere = null)
    {
        var copy = new Person(elsewhere ?? http, root);
        foreach (var (name, cookie) in _cookies)
            copy._cookies[name] = cookie;
        return copy;
    }

    /// <summary>Opens a page of the dashboard.</summary>
    public Task<Answer> Look(string page = "") => Send(HttpMethod.Get, $"{Dashboard}{page}", null);

    /// <summary>Presses a button of the dashboard, whose scripts send the token of the page.</summary>
    public async Task<Answer> Press(string action, bool withToken = true, params (string, string)[] values)
    {
        var token = withToken ? TokenHeader().Match((await Look()).Body) : Match.Empty;
        return await Send(
            HttpMethod.Post,
            $"{Dashboard}{action}",
            Form(values),
            token.Success ? (token.Groups["name"].Value, WebUtility.HtmlDecode(token.Groups["value"].Value)) : null
        );
    }

    /// <summary>Fills in the form for signing in.</summary>
    public async Task<Answer> SignIn(string email, string password = Credentials.Password, string returnTo = "")
    {
        var page = $"{Dashboard}/sign-in?returnTo={Uri.EscapeDataString(returnTo)}";
        var form = (await Send(HttpMethod.Get, page, null)).Is(200);
        return await Send(HttpMethod.Post, Action(form), Form([("email", email), ("password", password), Hidden(form)]));
    }

    /// <summary>Signs in by a form that another site made.</summary>
    public Task<Answer> SignInFromElsewhere(string email) =>
        Send(HttpMethod.Post, $"{Dashboard}/sign-in", Form([("email", email), ("password", Credentials.Password)]));

    /// <summary>Signs out.</summary>
    public async Task<Answer> SignOut()
    {
        var form = (await Look("/sign-out")).Is(200);
        return await Send(HttpMethod.Post, Action(form), Form([Hidden(form)]));
    }

    /// <summary>Changes a cookie that is kept.</summary>
    public void Tamper(string cookie, Func<string, string> change) =>
        _cookies[cookie] = (change(_cookies[cookie].Value), _cookies[cookie].Path);

    private async Task<Answer> Send(HttpMethod method, string path, HttpContent? body, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        var sent = _cookies.Where(cookie => path.StartsWith(cookie.Value.Path, StringComparison.Ordinal)).ToList();
        if (sent.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", sent.Select(cookie => $"{cookie.Key}={cookie.Value.Value}")));
        if (header is var (name, value))
            request.Headers.Add(name, value);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var response = await http.SendAsync(request, limit.Token);
        SetCookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
        foreach (var cookie in SetCookies)
            Keep(cookie);
        return await Answer.Of(response, limit.Token);
    }

    private void Keep(string cookie)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        var (name, value) = (parts[0].Split('=')[0], parts[0][(parts[0].IndexOf('=', StringComparison.Ordinal) + 1)..]);
        if (value.Length == 0)
            _cookies.Remove(name);
        else
            _cookies[name] = (value, parts.Single(part => part.StartsWith("path=", StringComparison.OrdinalIgnoreCase))[5..]);
    }

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));

    private static string Action(Answer form) => WebUtility.HtmlDecode(FormAction().Match(form.Body).Groups["action"].Value);

    private static (string, string) Hidden(Answer form)
    {
        var field = HiddenField().Match(form.Body);
        return (field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value));
    }

    [GeneratedRegex("action=\"(?<action>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormAction();

    [GeneratedRegex("type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField();

    [GeneratedRegex(
        "csrf-header\" content=\"(?<name>[^\"]+)\".*?csrf-token\" content=\"(?<value>[^\"]+)\"",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TokenHeader();
}
