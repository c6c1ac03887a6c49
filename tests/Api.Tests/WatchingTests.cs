using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests;

/// <summary>Health, metrics and logs of an app of its own, which logs everything.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WatchedApp : ICollectionFixture<WatchedApp.App>
{
    public const string Name = nameof(WatchedApp);

    /// <summary>Takes the console for itself: what others write meanwhile is in its log too.</summary>
    public sealed class App() : TestApp(new TestAppOptions { LogLevel = "Verbose" }), IAsyncLifetime
    {
        private readonly TextWriter _console = Console.Out;
        private static readonly StringWriter Written = new();
        private readonly TextWriter _log = TextWriter.Synchronized(Written);

        public string Log
        {
            get
            {
                // The lock that every writer takes.
                lock (_log)
                    return Written.ToString();
            }
        }

        async Task IAsyncLifetime.InitializeAsync()
        {
            Console.SetOut(_log);
            await InitializeAsync();
        }

        async Task IAsyncLifetime.DisposeAsync()
        {
            await DisposeAsync();
            Console.SetOut(_console);
        }
    }
}

[Collection(WatchedApp.Name)]
public sealed class WatchingTests(WatchedApp.App app)
{
    // For 300 ms a scrape is answered as the one before, which may not know of what was done since.
    private static readonly TimeSpan UntilScrapedAnew = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Live_ready_and_healthy_are_told_with_details()
    {
        await app.Populate("2026-03-02", "2026-03-03", "KO");

        (await app.Api.Get("/health/live")).Is(200).Text("status").Should().Be("healthy");
        var ready = (await app.Api.Get("/health/ready")).Is(200);
        ready.Text("checks.database.status").Should().Be("healthy");
        var health = (await app.Api.Get("/health")).Is(200);
        health.Text("checks.provider.description").Should().Contain("200");
        health.At("checks.jobs.data.servers").GetInt32().Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Metrics_tell_of_requests_the_runtime_the_pool_and_the_population()
    {
        app.Market.Add(new Fault(FaultKind.TooManyRequests) { Ticker = "JNJ", Times = 1 });
        await app.Populate("2026-03-02", "2026-03-03", "JNJ");
        app.Market.ClearFaults();
        await Task.Delay(UntilScrapedAnew);

        var metrics = (await app.Api.Get("/metrics")).Is(200).Body;

        metrics.Should().Contain("http_server_request_duration_seconds_bucket").And.Contain("http_route=\"/api/v1/jobs/{jobId}\"");
        metrics.Should().Contain("dotnet_gc_").And.Contain("db_client_").And.Contain("portfolio");
        metrics.Should().MatchRegex(@"population_provider_calls\w*\{[^}]*status=""429""[^}]*\} \d");
        metrics
            .Should()
            .MatchRegex(@"population_prices_stored\w*(\{[^}]*\})? [1-9]")
            .And.MatchRegex(@"population_provider_waits\w*(\{[^}]*\})? [1-9]");
    }

    [Fact]
    public async Task No_answer_and_no_log_line_tells_a_secret()
    {
        var password = new NpgsqlConnectionStringBuilder(app.ConnectionString).Password!;
        app.Market.Add(new Fault(FaultKind.NotEntitled) { Ticker = "XOM" });
        app.Market.Add(new Fault(FaultKind.ConnectionReset) { Ticker = "TSLA" });
        var job = (await app.Populate("2026-03-02", "2026-03-03", "KO", "XOM", "TSLA", "NOSUCH")).Text("id");
        app.Market.ClearFaults();
        var portfolio = await app.Portfolio();
        string[] paths =
        [
            "/health",
            "/metrics",
            "/openapi.json",
            "/hangfire",
            "/nothing",
            $"jobs/{job}",
            $"jobs/{job}/items",
            $"jobs/{job}/calls",
            $"portfolios/{portfolio}/returns",
            "customers?email=a%00b",
            "customers?limit=x",
        ];

        foreach (var path in paths)
            (await app.Api.Get(path)).Body.Should().NotContainAny(app.ApiKey, password, app.ConnectionString);

        app.Log.Should()
            .Contain("RegisterCustomer", "the log was listened to")
            .And.NotContainAny(app.ApiKey, password, app.ConnectionString);
    }

    [Fact]
    public async Task Log_lines_are_JSON_with_the_trace_id_that_the_problem_tells()
    {
        var problem = await app.Api.Get($"customers/{Guid.NewGuid()}");

        var trace = problem.Text("traceId")!;
        var lines = await LinesOf(trace);

        lines.Texts("@tr").Should().AllBe(trace);
        lines.Texts("@m").Should().ContainSingle(line => line!.StartsWith("HTTP") && line.Contains("responded 404"));
        lines.Should().NotContain(line => line.GetRawText().Contains("\"@x\""), "a refusal is no failure");
    }

    // The line about a request is written when its answer is already on its way.
    private async Task<List<JsonElement>> LinesOf(string trace)
    {
        for (var attempt = 0; ; attempt++)
        {
            var lines = app
                .Log.Split('\n')
                .Where(line => line.Contains(trace, StringComparison.Ordinal))
                .Select(line => JsonDocument.Parse(line).RootElement)
                .ToList();
            if (attempt == 100 || lines.Exists(line => line.Text("@m")!.Contains("responded", StringComparison.Ordinal)))
                return lines;
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task What_a_customer_says_is_not_logged()
    {
        var (name, email) = (Unique.Name("Private"), Unique.Email());

        (await app.Api.Post("customers", new { name, email })).Is(201);
        (await app.Api.Post("customers", new { name, email })).Is(409);

        app.Log.Should().NotContainAny(name, email);
    }
}
