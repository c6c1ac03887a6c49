using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class DeleteCustomerTests(TestApp app)
{
    [Fact]
    public async Task A_customer_without_portfolios_goes()
    {
        var id = await app.Customer();

        (await app.Api.Delete($"customers/{id}")).Is(204).Body.Should().BeEmpty();

        (await app.Api.Get($"customers/{id}")).IsProblem(404, "customer.notFound");
        (await app.Api.Delete($"customers/{id}")).IsProblem(404, "customer.notFound");
    }

    [Fact]
    public async Task A_customer_with_a_portfolio_stays()
    {
        var id = await app.Customer();
        await app.Portfolio(customer: id);

        (await app.Api.Delete($"customers/{id}")).IsProblem(409, "customer.hasPortfolios");

        (await app.Api.Get($"customers/{id}")).Is(200);
    }
}
