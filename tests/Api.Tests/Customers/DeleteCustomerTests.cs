using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
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
    public async Task Its_account_goes_too_and_the_audit_log_tells_by_whom()
    {
        var id = await app.Customer();
        var account = (await (await app.As(Role.Customer, id)).Get("me")).Is(200).Text("accountId");
        var adviser = await app.As(Role.Adviser, id);

        (await adviser.Delete($"customers/{id}")).Is(204);

        var told = (await (await app.As(Role.Admin)).All($"audit-log?target={account}"))[0];
        (told.Text("action"), told.Text("request")).Should().Be(("deleted", "DeleteCustomer"));
        told.Text("caller").Should().Be($"user:{(await adviser.Get("me")).Text("accountId")}");
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
