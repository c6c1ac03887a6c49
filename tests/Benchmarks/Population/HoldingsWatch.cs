using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>Reads one portfolio's holdings again and again, at an unhurried pace, and says how long that took.</summary>
internal sealed class HoldingsWatch : IDisposable
{
    private const int Stocks = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private readonly HttpClient http;
    private readonly string holdings;

    private HoldingsWatch(HttpClient http, string holdings) => (this.http, this.holdings) = (http, holdings);

    /// <summary>A portfolio of twenty stocks that have a price on <paramref name="day"/>.</summary>
    public static async Task<HoldingsWatch> Of(Uri address, DateOnly day)
    {
        var client = new HttpClient { BaseAddress = new Uri(address, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) }.ShowKey();
        var tickers = (await client.GetFromJsonAsync<JsonObject>("stocks?limit=500"))!["items"]!
            .AsArray()
            .Select(stock => (string)stock!["ticker"]!)
            .Where((_, i) => i % 20 == 0)
            .Take(Stocks);
        var customer = await Made(client, "customers", new { name = "Watch", email = "watch@example.com" });
        var portfolio = await Made(client, $"customers/{customer}/portfolios", new { name = "Watch", currency = "USD" });
        var file = new StringBuilder("date,kind,ticker,quantity,unitPrice\n");
        foreach (var ticker in tickers)
            file.AppendLine($"{day:yyyy-MM-dd},buy,{ticker},10,50");
        using var body = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
        using var imported = await client.PostAsync($"portfolios/{portfolio}/imports", body);
        imported.EnsureSuccessStatusCode();
        return new HoldingsWatch(client, $"portfolios/{portfolio}/holdings?asOf={day:yyyy-MM-dd}");
    }

    /// <summary>Reads until told to stop; answers the milliseconds of each read.</summary>
    /// <remarks>
    /// By one thread, without awaiting: a real reader has a machine of his own, and here each hop between threads would wait for those who
    /// populate.
    /// </remarks>
    public Task<List<double>> Read(CancellationToken stop) =>
        Task.Factory.StartNew(() => ReadUntil(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private List<double> ReadUntil(CancellationToken stop)
    {
        var times = new List<double>();
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            using (var question = new HttpRequestMessage(HttpMethod.Get, holdings))
            using (var answer = http.Send(question, HttpCompletionOption.ResponseContentRead, CancellationToken.None))
                answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Thread.Sleep(Pace);
        }
        return times;
    }

    /// <summary>The time that a share of the reads did not take longer than.</summary>
    public static double Percentile(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));

    public void Dispose() => http.Dispose();

    private static async Task<string> Made(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }
}
