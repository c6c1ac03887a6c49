using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Client.Tests;

/// <summary>A service on real HTTP that answers what a test tells it to, and keeps what it was asked.</summary>
public sealed class FakeService : IAsyncLifetime
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Asked> asked = new();

    public FakeService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var request = new Asked(
                http.Request.Method,
                $"{http.Request.Path}{http.Request.QueryString}",
                http.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                ),
                await reader.ReadToEndAsync()
            );
            asked.Enqueue(request);
            await Answer(request, http);
        });
    }

    /// <summary>What it does with a request.</summary>
    internal Func<Asked, HttpContext, Task> Answer { get; set; } = (_, http) => Say(http, 404, Problem(404, "route.unknown"));

    /// <summary>What it was asked, in order.</summary>
    internal IReadOnlyList<Asked> All => [.. asked];

    public Uri Address => new(app.Urls.First());

    /// <summary>A client of it that does not wait between attempts.</summary>
    public CleanPortfolioClient Client(Action<CleanPortfolioOptions>? configure = null) =>
        CleanPortfolioClient.Connect(options =>
        {
            options.BaseAddress = Address;
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            configure?.Invoke(options);
        });

    /// <summary>Does these one after the other, and the last one from then on.</summary>
    internal void InTurn(params Func<HttpContext, Task>[] answers)
    {
        var turn = -1;
        Answer = (_, http) => answers[Math.Min(Interlocked.Increment(ref turn), answers.Length - 1)](http);
    }

    internal static Task Say(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    internal static Task Say(HttpContext http, int status, object body, params (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        return http.Response.WriteAsJsonAsync(
            body,
            JsonSerializerOptions.Web,
            status < 400 ? "application/json" : "application/problem+json"
        );
    }

    /// <summary>Hangs up without a word.</summary>
    internal static Task HangUp(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    internal static object Problem(int status, string code) =>
        new
        {
            type = $"urn:cleanportfolio:problem:{code}",
            title = "Refused",
            status,
            detail = "Because.",
            code,
            traceId = "trace",
        };

    internal static object Customer(string name = "Ada") =>
        new
        {
            id = Guid.Empty,
            name,
            email = "ada@example.com",
            registeredAt = "2026-01-02T03:04:05Z",
            version = 7,
        };

    public Task InitializeAsync() => app.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();
}

/// <summary>A request.</summary>
internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Key => Headers.GetValueOrDefault("Idempotency-Key");

    public string? Credentials => Headers.GetValueOrDefault("Authorization");
}
