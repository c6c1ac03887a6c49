using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

public sealed class PlanRepairTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_plan_has_its_own_route_and_the_dry_run_answers_the_same()
    {
        app.Market.Add(new Fault(FaultKind.MissingDay) { Ticker = "JNJ", Date = new DateOnly(2026, 6, 16) });
        await app.Populate("2026-06-01", "2026-06-29", "JNJ");
        app.Market.ClearFaults();
        app.Market.ClearCalls();

        var plan = (await app.Api.Post("market-data/repair/plan", new { tickers = new[] { "JNJ" } })).Is(200);
        var dry = (await app.Api.Post("market-data/repair?dryRun=true", new { tickers = new[] { "JNJ" } })).Is(200);

        plan.At("calls").GetInt32().Should().BePositive().And.Be(dry.At("calls").GetInt32());
        app.Market.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task What_can_t_be_repaired_is_refused_as_a_repair_refuses_it()
    {
        var wrong = await app.Api.Post("market-data/repair/plan", new { tickers = Array.Empty<string>(), reasons = new[] { "delisted" } });

        wrong.IsInvalid("tickers", "reasons[0]");
    }
}
