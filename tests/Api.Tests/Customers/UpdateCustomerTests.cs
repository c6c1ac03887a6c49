using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class UpdateCustomerTests(TestApp app)
{
    [Fact]
    public async Task What_is_given_changes_and_the_rest_stays()
    {
        var email = Unique.Email();
        var id = (await app.Api.Post("customers", new { name = "Ada Byron", email })).Text("id");

        var changed = (await app.Api.Patch($"customers/{id}", new { name = "Ada Lovelace" })).Is(200);

        changed.Text("name").Should().Be("Ada Lovelace");
        changed.Text("email").Should().Be(email);
        (await app.Api.Get($"customers/{id}")).Body.Should().Be(changed.Body);
    }

    [Fact]
    public async Task An_address_may_change_its_case_but_not_become_anothers()
    {
        var (mine, other) = (Unique.Email(), Unique.Email());
        var id = (await app.Api.Post("customers", new { name = "Ada", email = mine })).Text("id");
        (await app.Api.Post("customers", new { name = "Grace", email = other })).Is(201);

        (await app.Api.Patch($"customers/{id}", new { email = mine.ToUpperInvariant() })).Is(200);
        (await app.Api.Patch($"customers/{id}", new { email = other.ToUpperInvariant() })).IsProblem(409, "customer.emailTaken");
    }

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Patch($"customers/{Guid.NewGuid()}", new { name = "Ada" })).IsProblem(404, "customer.notFound");

    [Fact]
    public async Task Wrong_values_are_told_by_the_clients_names()
    {
        var id = await app.Customer();

        (await app.Api.Patch($"customers/{id}", new { name = "", email = "x" })).IsInvalid("name", "email");
    }
}
