using System.Globalization;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>The process is killed again and again in the middle of a population, at moments drawn by a seed.</summary>
public sealed class CrashTests
{
    private static readonly string[] Tickers =
    [
        "AAPL",
        "MSFT",
        "NVDA",
        "GOOGL",
        "AMZN",
        "KO",
        "JNJ",
        "JPM",
        "XOM",
        "TSLA",
        "PLHM",
        "QLON",
        "HRTW.B",
        "CNDR",
        "YRRW",
        "PLVR",
    ];

    [Fact]
    public async Task A_population_of_stocks_killed_three_times_is_finished_without_duplicate_or_gap()
    {
        var expected = await Undisturbed(
            new
            {
                from = "2019-01-02",
                to = "2026-06-29",
                tickers = Tickers,
            }
        );
        var crashed = await Crashed(
            new
            {
                from = "2019-01-02",
                to = "2026-06-29",
                tickers = Tickers,
            },
            kills: 3,
            seed: 1
        );
        crashed.Should().Equal(expected);
    }

    [Fact]
    public async Task A_population_of_the_market_killed_twice_is_finished_without_duplicate_or_gap()
    {
        var expected = await Undisturbed(new { from = "2026-03-02", to = "2026-06-29" });
        var crashed = await Crashed(new { from = "2026-03-02", to = "2026-06-29" }, kills: 2, seed: 3);
        crashed.Should().Equal(expected);
    }

    private static async Task<List<string>> Undisturbed(object population)
    {
        var app = await TestApp.Start(new TestAppOptions());
        try
        {
            var started = (await app.Api.Post("stocks/population", population)).Is(202);
            (await app.Api.WaitForJob(started.Text("id")!)).Text("status").Should().Be("succeeded");
            return await MarketContent.Of(app.ConnectionString);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task<List<string>> Crashed(object population, int kills, int seed)
    {
        var cluster = await TestCluster.Current;
        var connectionString = await cluster.NewDatabase();
        await using var market = await Simulator.Start(
            new SimulatorOptions
            {
                Now = TestClock.NoonOf(TestClock.Tuesday),
                Faults = [new Fault(FaultKind.Slow) { DelayMilliseconds = 80 }],
            },
            CancellationToken.None
        );
        try
        {
            await KillAgainAndAgain(connectionString, market, population, kills, new Random(seed));
            return await MarketContent.Of(connectionString);
        }
        finally
        {
            await cluster.Drop(connectionString);
        }
    }

    private static async Task KillAgainAndAgain(string connectionString, Simulator market, object population, int kills, Random dice)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portfolio"] = connectionString,
            ["Polygon:BaseUrl"] = market.BaseAddress.ToString(),
            ["Polygon:ApiKey"] = "key",
            ["Polygon:CallsPerMinute"] = "0",
            ["Jobs:PollInterval"] = "00:00:00.100",
            ["Jobs:InvisibilityTimeout"] = "00:00:02",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };
        string? job = null;
        for (var kill = 1; kill <= kills; kill++)
        {
            await using var service = await Service.Start(settings);
            job ??= (await service.Api.Post("stocks/population", population)).Is(202).Text("id");
            // Never before it went on, so that every kill is in the middle of work.
            var calls = market.Calls.Count + dice.Next(3, 18);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (market.Calls.Count < calls)
                await Task.Delay(5, limit.Token);
            await Task.Delay(dice.Next(0, 80));
            (await service.Api.Get($"jobs/{job}")).Text("finishedAt").Should().BeNull("it is to be killed in the middle");
            await service.Kill();
        }
        await using var last = await Service.Start(settings);
        var over = await last.Api.WaitForJob(job!, seconds: 60);
        over.Text("status").Should().Be("succeeded", string.Create(CultureInfo.InvariantCulture, $"the job is {over.Body}"));
    }
}
