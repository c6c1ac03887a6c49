using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetPortfolioRiskTests(TestApp app)
{
    private const string Range = "from=2026-01-06&to=2026-01-08";
    private const double Near = 1e-12;

    /// <summary>One share of 100 that rises by a tenth, falls by a tenth and rises by a tenth.</summary>
    internal static async Task<(string Portfolio, TestStock Stock)> UpDownUp(TestApp app, string? customer = null)
    {
        var portfolio = await app.Portfolio(customer: customer);
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-06", 110m), ("2026-01-07", 99m), ("2026-01-08", 108.9m)]);
        await app.Buy(portfolio, stock, "2026-01-05", "1", "100");
        return (portfolio, stock);
    }

    /// <summary>Up by a tenth, down by a twentieth, up by a tenth.</summary>
    internal static Task<TestStock> Market(TestApp app) =>
        TestStock.In(app, [("2026-01-05", 50m), ("2026-01-06", 55m), ("2026-01-07", 52.25m), ("2026-01-08", 57.475m)]);

    /// <summary>The figures of <see cref="UpDownUp"/>: mean 1/30, sum of squared deviations 0.08/3.</summary>
    internal static void IsUpDownUp(Answer answer)
    {
        answer.At("risk.periods").GetInt32().Should().Be(3);
        answer.Number("timeWeighted").Should().BeApproximately(0.089, Near);
        answer.Number("risk.cumulative").Should().BeApproximately(0.089, Near);
        var deviation = Math.Sqrt(0.08 / 3 / 2);
        answer.Number("risk.volatility").Should().BeApproximately(deviation * Math.Sqrt(252), Near);
        answer.Number("risk.downsideDeviation").Should().BeApproximately(Math.Sqrt(0.01 / 3 * 252), Near);
        answer.Number("risk.sharpe").Should().BeApproximately(1 / 30.0 / deviation * Math.Sqrt(252), 1e-10);
        answer.Number("risk.sortino").Should().BeApproximately(252 / 30.0 / Math.Sqrt(0.01 / 3 * 252), 1e-10);
        answer.Number("risk.maxDrawdown").Should().BeApproximately(-0.1, Near);
        (answer.Text("risk.drawdown.peakDate"), answer.Text("risk.drawdown.troughDate"), answer.Text("risk.drawdown.recoveryDate"))
            .Should()
            .Be(("2026-01-06", "2026-01-07", null));
        // Three days make no year.
        (answer.Number("risk.annualised"), answer.Number("risk.calmar"))
            .Should()
            .Be((null, null));
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("shorterThanYear");
    }

    [Fact]
    public async Task Figures_are_as_worked_out_by_hand()
    {
        var (portfolio, _) = await UpDownUp(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/risk?{Range}")).Is(200);

        IsUpDownUp(answer);
        (answer.Text("method"), answer.Text("currency")).Should().Be(("dailyTimeWeighted", "USD"));
        answer.Text("benchmark").Should().BeNull();
    }

    [Fact]
    public async Task Figures_against_a_benchmark_are_as_worked_out_by_hand()
    {
        var (portfolio, _) = await UpDownUp(app);
        var market = await Market(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/risk?{Range}&benchmarkId={market.Id}")).Is(200);

        // Deviations 1/15, -2/15, 1/15 and 1/20, -1/10, 1/20: covariance 0.02 / 2, variance 0.015 / 2.
        answer.At("benchmark.figures.periods").GetInt32().Should().Be(3);
        answer.Number("benchmark.figures.beta").Should().BeApproximately(4 / 3.0, 1e-10);
        answer.Number("benchmark.figures.correlation").Should().BeApproximately(1, 1e-10);
        answer.Number("benchmark.figures.alpha").Should().BeApproximately(Math.Pow(1 - (1 / 30.0), 252) - 1, 1e-9);
        // Differences 0, -1/20, 0: mean -1/60, sum of squared deviations 1/600.
        var error = Math.Sqrt(1 / 1200.0);
        answer.Number("benchmark.figures.trackingError").Should().BeApproximately(error * Math.Sqrt(252), 1e-10);
        answer.Number("benchmark.figures.informationRatio").Should().BeApproximately(-1 / 60.0 / error * Math.Sqrt(252), 1e-9);
        answer.Number("benchmark.timeWeighted").Should().BeApproximately(0.1495, Near);
        // The opening 100 would have become 114.95.
        answer.Exact("benchmark.sameFlows.closingValue").Should().BeApproximately(114.95m, 1e-9m);
        answer.Exact("benchmark.sameFlows.gain").Should().BeApproximately(14.95m, 1e-9m);
    }

    [Fact]
    public async Task A_benchmark_without_a_price_before_the_range_says_why_it_has_no_return()
    {
        var (portfolio, _) = await UpDownUp(app);
        var market = await Market(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/risk?from=2026-01-05&to=2026-01-08&benchmarkId={market.Id}")).Is(200);

        answer.Text("benchmark.timeWeighted").Should().BeNull();
        answer
            .At("quality.reasons")
            .EnumerateArray()
            .Should()
            .Contain(reason =>
                reason.GetProperty("code").GetString() == "priceMissing"
                && reason.GetProperty("detail").GetString()!.Contains("benchmark.timeWeighted")
            );
    }

    [Fact]
    public async Task A_riskless_rate_lowers_the_excess()
    {
        var (portfolio, _) = await UpDownUp(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/risk?{Range}&riskFreeRate=0.05")).Is(200);

        var daily = Math.Pow(1.05, 1 / 252.0) - 1;
        answer.Number("risk.sharpe").Should().BeApproximately(((1 / 30.0) - daily) / Math.Sqrt(0.08 / 3 / 2) * Math.Sqrt(252), 1e-10);
        answer.Number("conventions.riskFreeRate").Should().Be(0.05);
    }

    [Fact]
    public async Task One_stock_can_be_looked_at()
    {
        var (portfolio, stock) = await UpDownUp(app);
        await app.Buy(portfolio, await app.Stock(), "2026-01-05", "10", "100");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/risk?{Range}&stockId={stock.Id}")).Is(200);

        IsUpDownUp(answer);
        answer.Text("stockId").Should().Be(stock.Id);
    }

    [Fact]
    public async Task An_empty_portfolio_has_no_risk_and_says_why()
    {
        var answer = (await app.Api.Get($"portfolios/{await app.Portfolio()}/risk?{Range}")).Is(200);

        answer.Number("risk.volatility").Should().BeNull();
        answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("tooFewReturns");
    }

    [Fact]
    public async Task Without_a_rate_every_figure_is_missing_for_that_reason_alone()
    {
        var portfolio = await app.Portfolio(currency: "ZMW");
        var stock = await TestStock.In(app, [("2026-01-05", 10m), ("2026-01-06", 11m)]);
        await app.Buy(portfolio, stock, "2026-01-05", "1", "10");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/risk?from=2026-01-05&to=2026-01-06")).Is(200);

        answer.Number("risk.cumulative").Should().BeNull();
        answer.At("quality.reasons").EnumerateArray().Texts("code").Distinct().Should().Equal("fxRateMissing");
    }

    [Theory]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("riskFreeRate=-1", "riskFreeRate")]
    [InlineData("riskFreeRate=x", "riskFreeRate")]
    [InlineData("minimumAcceptableReturn=-2", "minimumAcceptableReturn")]
    [InlineData("benchmarkBasis=raw", "benchmarkBasis")]
    [InlineData("currency=GBX", "currency")]
    [InlineData("flowTiming=7", "flowTiming")]
    public async Task What_is_no_question_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/risk?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/risk")).IsProblem(404, "portfolio.notFound");

    [Fact]
    public async Task An_unknown_benchmark_is_not_found() =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/risk?benchmarkId={Guid.NewGuid()}")).IsProblem(404, "stock.notFound");
}
