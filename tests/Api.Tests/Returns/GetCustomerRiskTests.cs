using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetCustomerRiskTests(TestApp app)
{
    private const string Range = "from=2026-01-06&to=2026-01-08";

    [Fact]
    public async Task All_portfolios_of_a_customer_count_as_one()
    {
        var customer = await app.Customer();
        await GetPortfolioRiskTests.UpDownUp(app, customer);
        await GetPortfolioRiskTests.UpDownUp(app, customer);

        var answer = (await app.Api.Get($"customers/{customer}/risk?{Range}")).Is(200);

        GetPortfolioRiskTests.IsUpDownUp(answer);
    }

    [Fact]
    public async Task The_same_flows_are_those_of_all_portfolios()
    {
        var customer = await app.Customer();
        await GetPortfolioRiskTests.UpDownUp(app, customer);
        await GetPortfolioRiskTests.UpDownUp(app, customer);
        var market = await GetPortfolioRiskTests.Market(app);

        var answer = (await app.Api.Get($"customers/{customer}/risk?{Range}&benchmarkId={market.Id}")).Is(200);

        answer.Exact("benchmark.sameFlows.closingValue").Should().BeApproximately(229.9m, 1e-9m);
        answer.Number("benchmark.figures.beta").Should().BeApproximately(4 / 3.0, 1e-10);
    }

    [Fact]
    public async Task A_customer_without_portfolios_has_no_risk()
    {
        var answer = (await app.Api.Get($"customers/{await app.Customer()}/risk?{Range}")).Is(200);

        (answer.Text("currency"), answer.Number("risk.volatility")).Should().Be((null, null));
    }

    [Theory]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("riskFreeRate=-1&minimumAcceptableReturn=-1", "riskFreeRate", "minimumAcceptableReturn")]
    [InlineData("benchmarkBasis=raw", "benchmarkBasis")]
    public async Task What_is_no_question_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"customers/{await app.Customer()}/risk?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Get($"customers/{Guid.NewGuid()}/risk")).IsProblem(404, "customer.notFound");

    [Fact]
    public async Task An_unknown_benchmark_is_not_found() =>
        (await app.Api.Get($"customers/{await app.Customer()}/risk?benchmarkId={Guid.NewGuid()}")).IsProblem(404, "stock.notFound");
}
