using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

public sealed class RepairMarketDataTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Days_that_the_provider_lost_are_fetched_once_it_has_found_them()
    {
        app.Market.Add(new Fault(FaultKind.MissingDay) { Ticker = "KO", Date = new DateOnly(2026, 6, 10) });
        app.Market.Add(new Fault(FaultKind.MissingDay) { Ticker = "KO", Date = new DateOnly(2026, 6, 11) });
        await app.Populate("2026-06-01", "2026-06-29", "KO");
        (await app.FindingsOf("KO", "&finding=missingDays"))
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("missingDays 2026-06-10 2026-06-11 2");

        app.Market.ClearFaults();
        var job = (await app.Api.Post("market-data/repair", new { tickers = new[] { "KO" } })).Is(202);
        (await app.Api.WaitForJob(job.Text("id")!)).Text("status").Should().Be("succeeded");

        (job.Text("kind"), job.Location).Should().Be(("repair", $"/api/v1/jobs/{job.Text("id")}"));
        (await app.FindingsOf("KO", "&finding=missingDays")).Should().BeEmpty();
        (await app.Api.Post("market-data/repair", new { })).IsProblem(422, "repair.nothingToDo");
    }

    [Fact]
    public async Task A_dry_run_tells_the_calls_asks_nobody_and_writes_nothing()
    {
        foreach (var day in new[] { 3, 4, 17 })
            app.Market.Add(new Fault(FaultKind.MissingDay) { Ticker = "KO", Date = new DateOnly(2026, 6, day) });
        await app.Populate("2026-06-01", "2026-06-29", "KO");
        app.Market.ClearFaults();
        app.Market.ClearCalls();
        var before = await TableCounts.Of(app);

        var plan = (await app.Api.Post("market-data/repair?dryRun=true", new { tickers = new[] { "KO" } })).Is(200);

        app.Market.Calls.Should().BeEmpty();
        (await TableCounts.Of(app)).Should().Equal(before);
        plan.At("calls").GetInt32().Should().Be(2, "one call of bars spans both holes, and the listing may have ended");
        var job = (await app.Api.Post("market-data/repair?dryRun=false", new { tickers = new[] { "KO" } })).Is(202);
        var over = await app.Api.WaitForJob(job.Text("id")!);
        (over.Text("status"), over.At("calls.made").GetInt32(), app.Market.Calls.Count).Should().Be(("succeeded", 2, 2));
        (await app.Api.Post("market-data/repair?dryRun=true", new { })).IsProblem(422, "repair.nothingToDo");
    }

    [Fact]
    public async Task What_the_provider_never_has_is_asked_for_twice_and_then_accepted()
    {
        app.Market.Add(new Fault(FaultKind.MissingDay) { Ticker = "KO", Date = new DateOnly(2026, 6, 10) });
        await app.Populate("2026-06-01", "2026-06-29", "KO");

        for (var attempt = 0; attempt < 2; attempt++)
            await app.Api.WaitForJob((await app.Api.Post("market-data/repair", new { })).Is(202).Text("id")!);

        (await app.Api.Post("market-data/repair", new { })).IsProblem(422, "repair.nothingToDo");
        (await app.FindingsOf("KO")).Should().ContainSingle();
    }

    [Fact]
    public async Task What_asking_again_cannot_repair_is_refused() =>
        (
            await app.Api.Post(
                "market-data/repair",
                new
                {
                    reasons = new[] { "notEntitled" },
                    from = "2026-06-02",
                    to = "2026-06-01",
                }
            )
        ).IsInvalid("reasons[0]", "from");
}
