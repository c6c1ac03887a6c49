using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Customers;

[Collection(LedgerApp.Name)]
public sealed class GetPersonalDataTests(TestApp app)
{
    [Fact]
    public async Task Everything_about_a_customer_comes_in_one_answer()
    {
        var person = await Person.In(app);

        var data = (await app.Api.Get($"customers/{person.Customer}/personal-data")).Is(200);

        data.Headers["Cache-Control"].Should().Be("no-store");
        data.At("customer").ToString().Should().Be((await app.Api.Get($"customers/{person.Customer}")).Json.ToString());
        data.Text("accounts.0.email").Should().Be(person.AccountEmail);
        data.Text("portfolios.0.portfolio.id").Should().Be(person.Portfolio);
        data.At("portfolios.0.transactions")
            .EnumerateArray()
            .Texts("id")
            .Should()
            .Equal((await app.Api.All($"portfolios/{person.Portfolio}/transactions?includeVoid=true")).Texts("id"));
        data.At("portfolios.0.transactions").EnumerateArray().Texts("note").Should().Contain("for Grandma");
        data.Text("portfolios.0.imports.0.source").Should().Be(person.Source);
        data.At("auditEntries")
            .EnumerateArray()
            .Select(entry => $"{entry.Text("action")} {entry.Text("targetKind")}")
            .Should()
            .Equal("created customer", "created account", "created portfolio", "created import", "exported customer");
    }

    [Fact]
    public async Task From_where_somebody_called_is_told_of_the_customer_only()
    {
        var customer = await app.Customer();
        var (self, program) = (await app.As(Role.Customer, customer), await app.AsKey(Role.Customer, customer));
        foreach (var caller in new[] { await app.As(Role.Adviser, customer), self, program })
            (await caller.Patch($"customers/{customer}", new { name = Unique.Name() })).Is(200);

        var data = (await self.Get($"customers/{customer}/personal-data")).Is(200);

        data.At("auditEntries")
            .EnumerateArray()
            .Where(entry => entry.Text("request") is "UpdateCustomer")
            .Select(entry => (entry.Text("role"), entry.Text("address") is not null))
            .Should()
            .Equal(("adviser", false), ("customer", true), ("service", true));
    }

    [Fact]
    public async Task Others_are_not_among_it()
    {
        var (mine, other) = (await Person.In(app), await Person.In(app));

        var data = (await app.Api.Get($"customers/{mine.Customer}/personal-data")).Is(200);

        data.Body.Should().NotContainAny(other.Customer, other.Portfolio, other.Email, other.AccountEmail);
    }

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Get($"customers/{Guid.NewGuid()}/personal-data")).IsProblem(404, "customer.notFound");
}
