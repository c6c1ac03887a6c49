using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>Asks a running service to populate the whole market, and waits.</summary>
/// <param name="address">Of the service.</param>
/// <param name="pause">Between two looks at the job: each is a request, and goes before population.</param>
internal sealed class Api(Uri address, TimeSpan pause) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private readonly HttpClient http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) }.ShowKey();

    /// <summary>Time from the job's first step to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    public async Task<TimeSpan> Populate(DateOnly from, DateOnly to)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var accepted = await http.PostAsJsonAsync("/api/v1/stocks/population", new { from, to }, limit.Token);
        accepted.EnsureSuccessStatusCode();
        while (true)
        {
            await Task.Delay(pause, limit.Token);
            var job = (await http.GetFromJsonAsync<JsonObject>(accepted.Headers.Location, limit.Token))!;
            var status = (string)job["status"]!;
            if (status is "succeeded")
                return Instant(job["finishedAt"]!) - Instant(job["startedAt"]!);
            if (status is "failed" or "partiallySucceeded" or "cancelled")
                throw new InvalidOperationException($"The job ended {status}: {await Failures(accepted.Headers.Location!, limit.Token)}");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string> Failures(Uri job, CancellationToken cancellationToken)
    {
        var items = (await http.GetFromJsonAsync<JsonObject>($"{job}/items?limit=500", cancellationToken))!["items"]!.AsArray();
        return string.Join('\n', items.Where(item => (string)item!["status"]! != "succeeded").Take(5).Select(item => item!.ToJsonString()));
    }

    private static DateTimeOffset Instant(JsonNode node) => DateTimeOffset.Parse((string)node!, CultureInfo.InvariantCulture);
}
