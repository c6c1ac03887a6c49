using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Portfolios;

[Collection(LedgerApp.Name)]
public sealed class UpdatePortfolioTests(TestApp app)
{
    [Fact]
    public async Task What_is_given_changes_and_the_rest_stays()
    {
        var id = await app.Portfolio();

        var changed = (await app.Api.Patch($"portfolios/{id}", new { name = "Renamed", costMethod = "average" })).Is(200);

        changed.Text("name").Should().Be("Renamed");
        changed.Text("costMethod").Should().Be("average");
        changed.Text("cash").Should().Be("external");
        (await app.Api.Get($"portfolios/{id}")).Body.Should().Be(changed.Body);
    }

    [Fact]
    public async Task The_currency_cannot_change() =>
        (await app.Api.Patch($"portfolios/{await app.Portfolio()}", new { currency = "EUR" })).IsInvalid("currency");

    [Fact]
    public async Task A_name_cannot_become_one_that_the_customer_has_already()
    {
        var customer = await app.Customer();
        var (first, second) = (await app.Portfolio(customer: customer), await app.Portfolio(customer: customer));
        var name = (await app.Api.Get($"portfolios/{first}")).Text("name");

        (await app.Api.Patch($"portfolios/{second}", new { name })).IsProblem(409, "portfolio.nameTaken");
    }

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Patch($"portfolios/{Guid.NewGuid()}", new { name = "Any" })).IsProblem(404, "portfolio.notFound");
}
