using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class RegisterCustomerTests(TestApp app)
{
    [Fact]
    public async Task A_registered_customer_is_told_and_found_at_its_location()
    {
        var email = Unique.Email();

        var answer = (await app.Api.Post("customers", new { name = " Ada Lovelace ", email })).Is(201);

        answer.Text("name").Should().Be("Ada Lovelace");
        answer.Text("email").Should().Be(email);
        answer.Location.Should().Be($"/api/v1/customers/{answer.Text("id")}");
        (await app.Api.Get(answer.Location!)).Is(200).Body.Should().Be(answer.Body);
    }

    [Fact]
    public async Task Missing_values_are_told_all_at_once() =>
        (await app.Api.Post("customers", "{}")).IsProblem(400, "request.malformed").IsInvalid("name", "email");
}
