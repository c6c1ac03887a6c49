using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

/// <summary>A provider that answers call after call what a test says; the last answer stands for all further ones.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly List<(string PathAndQuery, string? Authorization)> calls = [];
    private readonly List<Func<HttpContext, Task>> answers = [];
    private readonly WebApplication host;

    private FakeProvider(WebApplication host) => this.host = host;

    public Uri Address => new(host.Urls.First());

    public IReadOnlyList<(string PathAndQuery, string? Authorization)> Calls
    {
        get
        {
            lock (calls)
                return [.. calls];
        }
    }

    public static async Task<FakeProvider> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new FakeProvider(app);
        app.Run(provider.Handle);
        await app.StartAsync();
        return provider;
    }

    /// <summary>The next answer.</summary>
    public FakeProvider Then(int status, string body, params (string Name, string Value)[] headers) =>
        Then(async http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            foreach (var (name, value) in headers)
                http.Response.Headers[name] = value;
            await http.Response.WriteAsync(body.Replace("{here}", Address.ToString(), StringComparison.Ordinal));
        });

    /// <summary>The next answer, of several bars: day and close; open, high and low are the same.</summary>
    public FakeProvider ThenBars(params (string Day, decimal Close)[] bars) => Then(200, Page(bars));

    public FakeProvider Then(Func<HttpContext, Task> answer)
    {
        answers.Add(answer);
        return this;
    }

    public static string Page((string Day, decimal Close)[] bars, string? next = null)
    {
        var rows = bars.Select(bar =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"v":1000,"o":{{bar.Close}},"c":{{bar.Close}},"h":{{bar.Close}},"l":{{bar.Close}},"t":{{Midnight(bar.Day)}}}"""
            )
        );
        return $$"""{"status":"OK","results":[{{string.Join(',', rows)}}]{{(next is null ? "" : $",\"next_url\":\"{next}\"")}}}""";
    }

    /// <summary>00:00 in New York of a day in winter.</summary>
    private static long Midnight(string day) =>
        DateTimeOffset.Parse($"{day}T05:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private Task Handle(HttpContext http)
    {
        lock (calls)
        {
            calls.Add(($"{http.Request.Path}{http.Request.QueryString}", http.Request.Headers.Authorization));
            return answers[Math.Min(calls.Count, answers.Count) - 1](http);
        }
    }
}
