using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class GetCustomerTests(TestApp app)
{
    [Fact]
    public async Task A_customer_is_found_by_id()
    {
        var id = await app.Customer();

        (await app.Api.Get($"customers/{id}")).Is(200).Text("id").Should().Be(id);
    }

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Get($"customers/{Guid.NewGuid()}")).IsProblem(404, "customer.notFound");

    [Fact]
    public async Task An_id_of_another_form_is_refused() =>
        (await app.Api.Get("customers/42")).IsProblem(400, "request.malformed").IsInvalid("customerId");
}
