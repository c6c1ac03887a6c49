using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Benchmarks.Overload;

/// <summary>Asks for returns, lists and entries, and records entries.</summary>
internal sealed class Load(Uri address, string portfolio) : IDisposable
{
    private readonly HttpClient http = new HttpClient
    {
        BaseAddress = new Uri(address, "/api/v1/"),
        Timeout = TimeSpan.FromSeconds(60),
    }.ShowKey();
    private int number;

    /// <summary>So many clients, each of which asks again when it has its answer.</summary>
    public async Task<Tally> AtOnce(int clients, TimeSpan duration)
    {
        var (tally, clock) = (new Tally(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Client()));
        tally.Seconds = clock.Elapsed.TotalSeconds;
        return tally;

        async Task Client()
        {
            while (clock.Elapsed < duration)
                await Ask(tally);
        }
    }

    /// <summary>So many requests a second, whether or not those before them are answered.</summary>
    public async Task<Tally> AtPace(double perSecond, TimeSpan duration)
    {
        var (tally, clock) = (new Tally(), Stopwatch.StartNew());
        var asked = new List<Task>();
        while (clock.Elapsed < duration)
        {
            for (var due = clock.Elapsed.TotalSeconds * perSecond; asked.Count < due; )
                asked.Add(Task.Run(() => Ask(tally)));
            await Task.Delay(5);
        }
        tally.Seconds = clock.Elapsed.TotalSeconds;
        var within = tally.Accepted;
        await Task.WhenAll(asked);
        tally.Accepted = within; // what was left in line is no part of the pace
        return tally;
    }

    public void Dispose() => http.Dispose();

    private async Task Ask(Tally tally)
    {
        var one = Interlocked.Increment(ref number);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = (one % 10) switch
            {
                0 => await http.PostAsJsonAsync(
                    $"portfolios/{portfolio}/transactions",
                    new
                    {
                        kind = "deposit",
                        date = "2024-01-02",
                        amount = "1.25",
                        externalId = $"load-{one}",
                    }
                ),
                < 5 => await http.GetAsync($"portfolios/{portfolio}/returns?to=2023-12-29"),
                < 8 => await http.GetAsync($"portfolios/{portfolio}/transactions?limit=50"),
                _ => await http.GetAsync("customers?limit=50"),
            };
            await answer.Content.ReadAsByteArrayAsync();
            tally.Count((int)answer.StatusCode, answer.Headers.RetryAfter is not null, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            tally.Count(0, hasRetryAfter: false, Stopwatch.GetElapsedTime(started));
        }
    }
}

/// <summary>What was answered.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentBag<double> accepted = [];
    private readonly ConcurrentBag<double> refused = [];
    private int accept;
    private int unclear;

    public double Seconds { get; set; }

    public int Accepted
    {
        get => accept;
        set => accept = value;
    }

    public int Refused => refused.Count;

    /// <summary>Nothing but successes, and refusals that tell when to come again.</summary>
    public bool IsClear => unclear == 0;

    /// <summary>Milliseconds of the slowest accepted one.</summary>
    public double Slowest => accepted.DefaultIfEmpty().Max();

    public void Count(int status, bool hasRetryAfter, TimeSpan took)
    {
        statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        // Two writers at once: the second is told to read again, which is an answer as good as any.
        if (status is 200 or 201 or 409)
        {
            Interlocked.Increment(ref accept);
            accepted.Add(took.TotalMilliseconds);
            return;
        }
        refused.Add(took.TotalMilliseconds);
        if (status is not (429 or 503) || !hasRetryAfter)
            Interlocked.Increment(ref unclear);
    }

    public override string ToString() =>
        $"{Accepted / Seconds, 6:0}/s accepted, {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}; "
        + $"accepted p50 {At(accepted, 0.5):0} ms, p99 {At(accepted, 0.99):0} ms, max {Slowest:0} ms; refused p99 {At(refused, 0.99):0} ms";

    private static double At(ConcurrentBag<double> times, double share) =>
        times.IsEmpty ? 0 : times.Order().ElementAt((int)(share * (times.Count - 1)));
}
