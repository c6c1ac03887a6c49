using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>Two processes on one database and one key, killed in turn; the provider keeps the limit by its own count.</summary>
public sealed class SharedBudgetTests
{
    private static readonly string[][] Jobs =
    [
        ["AAPL", "MSFT", "NVDA", "KO", "JNJ", "JPM"],
        ["XOM", "TSLA", "GOOGL", "AMZN", "CNDR", "YRRW"],
    ];
    private static readonly KeyPlan Plan = new("shared") { CallsPerMinute = 5, Window = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task No_call_is_too_many_whoever_is_killed_when()
    {
        var cluster = await TestCluster.Current;
        var connectionString = await cluster.NewDatabase();
        await using var market = await Simulator.Start(
            new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday), Keys = [Plan] },
            CancellationToken.None
        );
        try
        {
            var (dice, settings) = (new Random(7), Settings(connectionString, market));
            List<Service> services = [await Service.Start(settings), await Service.Start(settings)];
            var jobs = new List<string>();
            foreach (var tickers in Jobs)
                jobs.Add(await Started(services[jobs.Count].Api, tickers));
            for (var kill = 0; kill < 3; kill++)
            {
                await Task.Delay(dice.Next(200, 1500));
                await services[kill % 2].DisposeAsync();
                services[kill % 2] = await Service.Start(settings);
            }
            foreach (var job in jobs)
                (await services[0].Api.WaitForJob(job, seconds: 120)).Text("status").Should().Be("succeeded");
            foreach (var service in services)
                await service.DisposeAsync();
        }
        finally
        {
            await cluster.Drop(connectionString);
        }
        market.Calls.Should().HaveCountGreaterThan(20).And.OnlyContain(call => call.Status == 200 || call.Status == 0);
    }

    private static async Task<string> Started(Api api, string[] tickers)
    {
        var draft = new
        {
            from = "2026-03-02",
            to = "2026-06-26",
            tickers,
        };
        return (await api.Post("stocks/population", draft)).Is(202).Text("id")!;
    }

    private static Dictionary<string, string> Settings(string connectionString, Simulator market) =>
        new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portfolio"] = connectionString,
            ["Polygon:BaseUrl"] = market.BaseAddress.ToString(),
            ["Polygon:ApiKey"] = Plan.Key,
            ["Polygon:Minute"] = Plan.Window.ToString(),
            ["Polygon:AttemptTimeout"] = "00:00:02",
            ["Jobs:PollInterval"] = "00:00:00.100",
            ["Jobs:InvisibilityTimeout"] = "00:00:02",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };
}
