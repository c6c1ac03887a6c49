using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetPortfolioHistoryTests(TestApp app)
{
    [Fact]
    public async Task Months_are_as_worked_out_by_hand()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-01&to=2026-03-31&resolution=month");

        var points = answer.Is(200).At("points").EnumerateArray().ToList();
        points.Texts("date").Should().Equal("2026-01-31", "2026-02-28", "2026-03-31");
        points.Select(point => point.Exact("value")).Should().Equal(1105, 900, 991.5m);
        points.Select(point => point.Exact("netInflow")).Should().Equal(1001.5m, -299, -4.375m);
    }

    [Fact]
    public async Task Every_day_has_the_value_that_holdings_tell_of_it()
    {
        var (portfolio, _) = await Books.Tracked(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/history?from=2026-02-09&to=2026-02-16")).Is(200);

        answer.Text("resolution").Should().Be("day");
        var points = answer.At("points").EnumerateArray().ToList();
        points.Should().HaveCount(8);
        foreach (var point in points)
        {
            var holdings = await app.Api.Get($"portfolios/{portfolio}/holdings?asOf={point.Text("date")}");
            point.Exact("value").Should().Be(holdings.Exact("totalValue"));
        }
    }

    [Fact]
    public async Task Weeks_end_on_Sunday_and_the_last_day_is_always_told()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-05&to=2026-01-20&resolution=week");

        answer.At("points").EnumerateArray().Texts("date").Should().Equal("2026-01-11", "2026-01-18", "2026-01-20");
    }

    [Theory]
    [InlineData("resolution=year", "resolution")]
    [InlineData("resolution=99", "resolution")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("from=1825-01-01&to=2025-01-01", "from", "to")]
    public async Task What_is_no_series_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/history?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/history")).IsProblem(404, "portfolio.notFound");
}
