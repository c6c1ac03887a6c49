using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

public sealed class GetQualitySummaryTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task It_counts_stocks_findings_and_sessions_by_what_and_why()
    {
        await app.StockWithout("2026-06-01", "2026-06-29");
        await app.StockWithout("2026-06-01", "2026-06-29", "2026-06-03", "2026-06-09", "2026-06-10");
        var asked = await app.StockWithout("2026-06-01", "2026-06-29", "2026-06-03", "2026-06-09", "2026-06-10");
        await app.Asked(asked.Ticker, "2026-06-09", "2026-06-10");
        await TestStock.In(app, [("2026-06-25", 100), ("2026-06-26", 50), ("2026-06-29", 49)]);

        var summary = (await app.Api.Get("market-data/quality/summary")).Is(200);

        (summary.Text("stocks"), summary.Text("withFindings"), summary.Text("to")).Should().Be(("4", "3", "2026-06-29"));
        summary
            .At("findings")
            .EnumerateArray()
            .Select(count =>
                $"{count.Text("finding")} {count.Text("reason")}: {count.Text("stocks")} {count.Text("findings")} {count.Text("sessions")}"
            )
            .Should()
            .Equal("missingDays notAsked: 2 3 4", "missingDays noData: 1 1 2", "unexplainedJump : 1 1 1");
    }

    [Fact]
    public async Task A_range_that_is_turned_around_is_refused() =>
        (await app.Api.Get("market-data/quality/summary?from=2026-06-02&to=2026-06-01")).IsInvalid("from");
}
