using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Tests.Load;

/// <summary>The process is asked to end while it has work.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Requests_in_flight_are_finished_and_meanwhile_it_is_not_ready()
    {
        await using var stage = await Stage.Set();
        await using var service = await Service.Start(stage.With(("Jobs:Workers", "0"), ("Shutdown:Delay", "00:00:05")));
        await using var held = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(stage.ConnectionString) { Pooling = false }.ConnectionString
        );
        await held.OpenAsync();
        await Execute(held, "begin; lock table customers in access exclusive mode");
        var inFlight = service.Api.Post("customers", new { name = "Ada", email = "ada@example.com" });
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
            while (
                await Sql.Scalar<long>(
                    stage.ConnectionString,
                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                ) == 0
            )
                await Task.Delay(20, limit.Token);

        await service.Signal();

        await NotReady(service);
        (await service.Api.Get("stocks?limit=1")).Is(200).Headers["Connection"].Should().Be("close", "it goes on serving for a while");
        inFlight.IsCompleted.Should().BeFalse();
        await Execute(held, "rollback");
        (await inFlight).Is(201);
        (await service.Ended()).Should().Be(0);
        (await Sql.Scalar<long>(stage.ConnectionString, "select count(*) from customers")).Should().Be(1);
    }

    [Fact]
    public async Task A_running_job_goes_back_to_the_queue_and_the_next_start_continues_it()
    {
        await using var stage = await Stage.Set();
        // Whoever is killed keeps its job for ten minutes here: only giving it back lets it go on.
        var settings = stage.With(("Jobs:InvisibilityTimeout", "00:10:00"), ("Jobs:PollInterval", "00:00:00.100"));
        string job;
        await using (var service = await Service.Start(settings))
        {
            var population = new
            {
                from = "2024-01-02",
                to = "2026-05-29",
                tickers = new[] { "AAPL", "MSFT", "NVDA", "GOOGL", "KO", "JNJ", "JPM", "XOM" },
            };
            job = (await service.Api.Post("stocks/population", population)).Is(202).Text("id")!;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (stage.Market.Calls.Count < 4)
                await Task.Delay(5, limit.Token);
            await service.Signal();
            (await service.Ended()).Should().Be(0);
        }
        stage.Market.Calls.Count.Should().BeLessThan(18, "it was to be stopped in the middle");
        await using var next = await Service.Start(settings);

        var over = await next.Api.WaitForJob(job, seconds: 90);

        over.Text("status").Should().Be("succeeded", over.Body);
        (await next.Api.Get($"jobs/{job}/items?status=failed")).At("items").GetArrayLength().Should().Be(0);
    }

    private static async Task NotReady(Service service)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var ready = await service.Api.Get("/health/ready");
            if (ready.Status == 503)
            {
                ready.Text("checks.stopping.status").Should().Be("unhealthy");
                return;
            }
            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Stage(string ConnectionString, Simulator Market) : IAsyncDisposable
    {
        public static async Task<Stage> Set() =>
            new(
                await (await TestCluster.Current).NewDatabase(),
                await Simulator.Start(
                    new SimulatorOptions
                    {
                        Now = TestClock.NoonOf(TestClock.Tuesday),
                        Faults = [new Fault(FaultKind.Slow) { DelayMilliseconds = 150 }],
                    },
                    CancellationToken.None
                )
            );

        public Dictionary<string, string> With(params (string Key, string Value)[] more) =>
            new(more.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)), StringComparer.Ordinal)
            {
                ["ConnectionStrings:Portfolio"] = ConnectionString,
                ["Polygon:BaseUrl"] = Market.BaseAddress.ToString(),
                ["Polygon:ApiKey"] = "key",
                ["Polygon:CallsPerMinute"] = "0",
                ["Serilog:MinimumLevel:Default"] = "Warning",
            };

        public async ValueTask DisposeAsync()
        {
            await Market.DisposeAsync();
            await (await TestCluster.Current).Drop(ConnectionString);
        }
    }
}
