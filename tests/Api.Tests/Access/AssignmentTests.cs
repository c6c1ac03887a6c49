using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class AddAssignmentTests(AccessApp.App app)
{
    [Fact]
    public async Task An_adviser_reaches_whom_it_is_assigned_and_nobody_else()
    {
        var (admin, mine, other) = (await app.As(Role.Admin), await app.Customer(), await app.Customer());
        var adviser = await app.As(Role.Adviser);
        var id = (await adviser.Get("me")).Text("accountId");
        (await adviser.Get($"customers/{mine}")).IsProblem(404, "customer.notFound");

        for (var time = 0; time < 2; time++)
            (await admin.Send(HttpMethod.Put, $"accounts/{id}/customers/{mine}")).Is(200).Text("customerId").Should().Be(mine);

        (await adviser.Get($"customers/{mine}")).Is(200);
        (await adviser.Get($"customers/{other}")).IsProblem(404, "customer.notFound");
        (await adviser.Get("customers")).Is(200).At("items").EnumerateArray().Texts("id").Should().Equal(mine);
    }

    [Fact]
    public async Task Of_many_who_assign_at_once_nobody_fails()
    {
        var (admin, customer) = (await app.As(Role.Admin), await app.Customer());
        var id = (await (await app.As(Role.Adviser)).Get("me")).Text("accountId");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => admin.Send(HttpMethod.Put, $"accounts/{id}/customers/{customer}"))
        );

        answers.Select(answer => answer.Status).Should().Contain(200).And.OnlyContain(status => status == 200 || status == 409);
    }

    [Fact]
    public async Task Only_advisers_have_customers_assigned()
    {
        var (admin, customer) = (await app.As(Role.Admin), await app.Customer());
        var (id, _) = await app.Account("operator");

        (await admin.Send(HttpMethod.Put, $"accounts/{id}/customers/{customer}")).IsProblem(422, "account.notAdviser");
        (await admin.Send(HttpMethod.Put, $"accounts/{id}/customers/{Guid.NewGuid()}")).IsProblem(404, "customer.notFound");
        (await admin.Send(HttpMethod.Put, $"accounts/{Guid.NewGuid()}/customers/{customer}")).IsProblem(404, "account.notFound");
    }

    [Fact]
    public async Task Whom_an_adviser_registers_is_assigned_to_it()
    {
        var (adviser, another) = (await app.As(Role.Adviser), await app.As(Role.Adviser));

        var customer = (await adviser.Post("customers", new { name = "Emmy", email = Unique.Email() })).Is(201).Text("id");

        (await adviser.Get($"customers/{customer}")).Is(200);
        (await another.Get($"customers/{customer}")).IsProblem(404, "customer.notFound");
    }
}

[Collection(AccessApp.Name)]
public sealed class GetAssignmentTests(AccessApp.App app)
{
    [Fact]
    public async Task An_assignment_is_there_or_not()
    {
        var (admin, customer) = (await app.As(Role.Admin), await app.Customer());
        var id = (await (await app.As(Role.Adviser, customer)).Get("me")).Text("accountId");

        (await admin.Get($"accounts/{id}/customers/{customer}")).Is(200).Text("accountId").Should().Be(id);
        (await admin.Get($"accounts/{id}/customers/{Guid.NewGuid()}")).IsProblem(404, "assignment.notFound");
    }
}

[Collection(AccessApp.Name)]
public sealed class ListAssignmentsTests(AccessApp.App app)
{
    [Fact]
    public async Task An_advisers_customers_are_listed()
    {
        var (admin, customers) = (await app.As(Role.Admin), new List<string> { await app.Customer(), await app.Customer() });
        var (id, _) = await app.Account("adviser");
        foreach (var customer in customers)
            (await admin.Send(HttpMethod.Put, $"accounts/{id}/customers/{customer}")).Is(200);

        (await admin.All($"accounts/{id}/customers", 1)).Texts("customerId").Should().Equal(customers);
        (await admin.Get($"accounts/{Guid.NewGuid()}/customers")).IsProblem(404, "account.notFound");
    }
}

[Collection(AccessApp.Name)]
public sealed class DeleteAssignmentTests(AccessApp.App app)
{
    [Fact]
    public async Task An_adviser_no_longer_reaches_whom_it_lost()
    {
        var (admin, customer) = (await app.As(Role.Admin), await app.Customer());
        var adviser = await app.As(Role.Adviser, customer);
        var id = (await adviser.Get("me")).Text("accountId");
        (await adviser.Get($"customers/{customer}")).Is(200);

        (await admin.Delete($"accounts/{id}/customers/{customer}")).Is(204);

        (await adviser.Get($"customers/{customer}")).IsProblem(404, "customer.notFound");
        (await admin.Delete($"accounts/{id}/customers/{customer}")).IsProblem(404, "assignment.notFound");
    }
}
