using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>Calls are dear: five a minute, which is a second long here. Processes die, and work side by side.</summary>
public sealed class ResumeTests
{
    private const string Key = "five";

    private static readonly object Population = new
    {
        from = "2024-01-02",
        to = "2026-05-29",
        tickers = new[] { "AAPL", "MSFT", "NVDA", "GOOGL", "KO", "JNJ", "JPM", "XOM" },
    };

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_killed_process_loses_at_most_the_call_in_flight(int seed)
    {
        const int Kills = 3;
        var dice = new Random(seed);
        await using var stage = await Stage.Set();
        string? job = null;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var service = await Service.Start(stage.Settings);
            job ??= (await service.Api.Post("stocks/population", Population)).Is(202).Text("id");
            var calls = stage.Market.Calls.Count + dice.Next(1, 5);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (stage.Market.Calls.Count < calls)
                await Task.Delay(5, limit.Token);
            await Task.Delay(dice.Next(0, 200));
            await service.Kill();
        }
        await using var last = await Service.Start(stage.Settings);

        var over = await last.Api.WaitForJob(job!, seconds: 90);

        over.Text("status").Should().Be("succeeded", over.Body);
        // Bars and listing of eight tickers, a batch of splits and one of dividends.
        over.At("calls.planned").GetInt32().Should().Be(18);
        var paths = stage.Market.Calls.Select(call => call.Path).ToList();
        paths.Distinct().Should().HaveCount(18);
        paths.Should().HaveCountLessThanOrEqualTo(18 + Kills, "a kill loses the call in flight and no other");
        (await Sql.Lines(stage.ConnectionString, "select count(*) from kept_answers")).Should().Equal("(0)");
    }

    [Fact]
    public async Task Two_processes_keep_to_one_budget_and_do_nothing_twice()
    {
        await using var stage = await Stage.Set();
        await using var one = await Service.Start(stage.Settings);
        await using var other = await Service.Start(stage.Settings);

        var jobs = await Task.WhenAll(
            one.Api.Post("stocks/population", Population),
            other.Api.Post("stocks/population", Population),
            one.Api.Post("stocks/population", Population)
        );
        var over = await Task.WhenAll(jobs.Select(job => other.Api.WaitForJob(job.Is(202).Text("id")!, seconds: 90)));

        over.Should().AllSatisfy(job => job.Text("status").Should().Be("succeeded", job.Body));
        stage.Market.Calls.Should().NotContain(call => call.Status == 429);
        stage.Market.Calls.Select(call => call.Path).Should().OnlyHaveUniqueItems().And.HaveCount(18);
        over.Sum(job => job.At("calls.made").GetInt32()).Should().Be(18);
    }

    private sealed class Stage(string connectionString, Simulator market) : IAsyncDisposable
    {
        public string ConnectionString { get; } = connectionString;

        public Simulator Market { get; } = market;

        public IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string>(StringComparer.Ordinal)
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

        public static async Task<Stage> Set() =>
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
}
