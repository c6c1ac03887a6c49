using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Portfolios;

[Collection(LedgerApp.Name)]
public sealed class ListPortfoliosTests(TestApp app)
{
    [Fact]
    public async Task Paging_tells_each_of_the_customers_own_once_and_no_others()
    {
        var customer = await app.Customer();
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add(await app.Portfolio(customer: customer));
        await app.Portfolio();

        var all = await app.Api.All($"customers/{customer}/portfolios", limit: 2);

        all.Texts("id").Should().BeEquivalentTo(made).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task An_unknown_customer_is_not_found_rather_than_without_portfolios() =>
        (await app.Api.Get($"customers/{Guid.NewGuid()}/portfolios")).IsProblem(404, "customer.notFound");
}
