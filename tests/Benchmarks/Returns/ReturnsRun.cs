using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CleanPortfolio.Application.Pipeline;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Benchmarks.Returns;

/// <summary>
/// Returns over HTTP of 5,000 transactions in 100 stocks over 20 years, service and PostgreSQL on this machine: the first call, with nothing of
/// it in memory or compiled, and the median of those after it, with where the time goes.
/// </summary>
internal static class ReturnsRun
{
    private const int Stocks = 100;
    private const int Transactions = 5_000;
    private const int WarmCalls = 150;
    private static readonly DateOnly First = new(2006, 1, 3);
    private static readonly DateOnly Last = new(2025, 12, 31);
    private static readonly string[] Steps = ["ReadLedger", "ReadPrices", "FoldLedger", "FoldReturns"];

    public static async Task<int> Run()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Directory.SetCurrentDirectory(AppContext.BaseDirectory); // where the service inside looks for its content root
        var app = await TestApp.Start(new TestAppOptions { Workers = 0 });
        try
        {
            var portfolio = await Seed(app);
            var spans = new Spans();
            var cold = await Call(app, portfolio, spans);
            var warm = new List<Timing>();
            for (var i = 0; i < WarmCalls; i++)
                warm.Add(await Call(app, portfolio, spans));
            Console.WriteLine(
                $"{Transactions} transactions, {Stocks} stocks, {First:yyyy-MM-dd} to {Last:yyyy-MM-dd}; answer {cold.Bytes:N0} bytes"
            );
            Console.WriteLine($"{"ms", -8}{"all", 9}{string.Concat(Steps.Select(step => $"{step, 13}"))}{"rest", 9}");
            Print("cold", cold);
            Print("warm", new Timing(warm.Select(call => call.All).Order().ElementAt(WarmCalls / 2), Medians(warm), 0));
            return 0;
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static void Print(string name, Timing timing)
    {
        var rest = timing.All - timing.Steps.Sum();
        Console.WriteLine($"{name, -8}{timing.All, 9:0.0}{string.Concat(timing.Steps.Select(step => $"{step, 13:0.0}"))}{rest, 9:0.0}");
    }

    private static double[] Medians(List<Timing> calls) =>
        [.. Steps.Select((_, i) => calls.Select(call => call.Steps[i]).Order().ElementAt(calls.Count / 2))];

    private static async Task<Timing> Call(TestApp app, string portfolio, Spans spans)
    {
        spans.Clear();
        var started = Stopwatch.GetTimestamp();
        var answer = await app.Api.Http.GetStringAsync($"/api/v1/portfolios/{portfolio}/returns?to={Last:yyyy-MM-dd}");
        var all = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return new Timing(all, [.. Steps.Select(spans.Of)], answer.Length);
    }

    private static async Task<string> Seed(TestApp app)
    {
        var dice = new Random(1);
        DateOnly[] days = [.. UsMarketCalendar.Sessions(First, Last)];
        var tickers = new List<string>();
        for (var i = 0; i < Stocks; i++)
        {
            var close = 100m;
            var closes = days.Select(day => ($"{day:yyyy-MM-dd}", close = Math.Max(1, close + (dice.Next(-200, 202) / 100m))));
            tickers.Add((await TestStock.In(app, [.. closes], [($"{days[days.Length / 2]:yyyy-MM-dd}", 1, 2)])).Ticker);
        }
        var customer = await Made(app, "customers", new { name = "Bench", email = "bench@example.com" });
        var portfolio = await Made(app, $"customers/{customer}/portfolios", new { name = "Bench", currency = "USD" });
        var file = new StringBuilder("date,kind,ticker,quantity,unitPrice,fee\n");
        for (var i = 0; i < Transactions; i++)
        {
            var sale = i / Stocks % 5 == 4; // four purchases to one sale of less than one of them
            var day = days[(int)((long)i * days.Length / Transactions)];
            file.AppendLine(
                $"{day:yyyy-MM-dd},{(sale ? "sell" : "buy")},{tickers[i % Stocks]},{(sale ? "5.5" : "10")},{50 + dice.Next(100)},1.25"
            );
        }
        using var body = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
        using var imported = await app.Api.Http.PostAsync($"/api/v1/portfolios/{portfolio}/imports", body);
        imported.EnsureSuccessStatusCode();
        return portfolio;
    }

    private static async Task<string> Made(TestApp app, string path, object body)
    {
        using var response = await app.Api.Http.PostAsJsonAsync($"/api/v1/{path}", body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private sealed record Timing(double All, double[] Steps, int Bytes);

    /// <summary>Listens to the spans of the use cases.</summary>
    private sealed class Spans
    {
        private readonly Dictionary<string, double> milliseconds = new(StringComparer.Ordinal);

        public Spans() =>
            ActivitySource.AddActivityListener(
                new ActivityListener
                {
                    ShouldListenTo = source => source.Name == UseCases.Name,
                    Sample = (ref _) => ActivitySamplingResult.AllData,
                    ActivityStopped = span => milliseconds[span.OperationName] = span.Duration.TotalMilliseconds,
                }
            );

        public void Clear() => milliseconds.Clear();

        public double Of(string step) => milliseconds.GetValueOrDefault(step);
    }
}
