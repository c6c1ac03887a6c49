using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>A database and a provider that allows five calls a minute, which is a second long here.</summary>
internal sealed class ScarceCalls : IAsyncDisposable
{
    private const string Key = "five";

    private ScarceCalls(string connectionString, Simulator market)
    {
        (ConnectionString, Market) = (connectionString, market);
        Settings = new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portfolio"] = connectionString,
            ["Polygon:BaseUrl"] = market.BaseAddress.ToString(),
            ["Polygon:ApiKey"] = Key,
            ["Polygon:CallsPerMinute"] = "5",
            ["Polygon:Minute"] = "00:00:01",
            ["Polygon:AttemptTimeout"] = "00:00:02",
            ["Jobs:PollInterval"] = "00:00:00.100",
            ["Jobs:InvisibilityTimeout"] = "00:00:02",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };
    }

    /// <summary>It takes 18 calls: bars and listing of eight tickers, a batch of splits and one of dividends.</summary>
    public static object Population { get; } = new
    {
        from = "2024-01-02",
        to = "2026-05-29",
        tickers = new[] { "AAPL", "MSFT", "NVDA", "GOOGL", "KO", "JNJ", "JPM", "XOM" },
    };

    public string ConnectionString { get; }

    public Simulator Market { get; }

    /// <summary>Of every process.</summary>
    public Dictionary<string, string> Settings { get; }

    public static async Task<ScarceCalls> Set() =>
        new(
            await (await TestCluster.Current).NewDatabase(),
            await Simulator.Start(
                new SimulatorOptions
                {
                    Now = TestClock.NoonOf(TestClock.Tuesday),
                    Keys = [new KeyPlan(Key) { CallsPerMinute = 5, Window = TimeSpan.FromSeconds(1) }],
                    Faults = [new Fault(FaultKind.Slow) { DelayMilliseconds = 60 }],
                },
                CancellationToken.None
            )
        );

    public async ValueTask DisposeAsync()
    {
        await Market.DisposeAsync();
        await (await TestCluster.Current).Drop(ConnectionString);
    }
}
