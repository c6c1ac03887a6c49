using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>
/// Stands before a provider and gives its answers again: a real one makes them on a machine of its own, and here it would take the cores from
/// those who are measured.
/// </summary>
internal sealed class RecordedProvider : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly HttpClient provider;
    private readonly WebApplication host;

    private RecordedProvider(Uri provider, WebApplication host)
    {
        this.provider = new HttpClient { BaseAddress = provider, Timeout = TimeSpan.FromSeconds(60) };
        this.host = host;
    }

    public Uri Address => new(host.Urls.First());

    public static async Task<RecordedProvider> Before(Uri provider)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Child.FreePort().ToString(CultureInfo.InvariantCulture)}");
        var recorded = new RecordedProvider(provider, builder.Build());
        recorded.host.Run(recorded.Serve);
        await recorded.host.StartAsync();
        return recorded;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        provider.Dispose();
    }

    private async Task Serve(HttpContext http)
    {
        var question = $"{http.Request.Path}{http.Request.QueryString}";
        if (!answers.TryGetValue(question, out var answer))
        {
            answer = await Ask(http.Request, question);
            if (answer.Status == StatusCodes.Status200OK)
                answers[question] = answer;
        }
        var response = http.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (answer.Status, answer.Type, answer.Body.Length);
        if (answer.Encoding is { } encoding)
            response.Headers.ContentEncoding = encoding;
        await response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private async Task<Answer> Ask(HttpRequest request, string question)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, question);
        // With the host: the address of a next page is told by it.
        foreach (var name in (string[])["Host", "Authorization", "Accept-Encoding"])
            asked.Headers.TryAddWithoutValidation(name, request.Headers[name].AsEnumerable());
        using var told = await provider.SendAsync(asked, request.HttpContext.RequestAborted);
        var headers = told.Content.Headers;
        return new Answer(
            (int)told.StatusCode,
            headers.ContentType?.ToString(),
            headers.ContentEncoding.SingleOrDefault(),
            await told.Content.ReadAsByteArrayAsync(request.HttpContext.RequestAborted)
        );
    }

    private sealed record Answer(int Status, string? Type, string? Encoding, byte[] Body);
}
