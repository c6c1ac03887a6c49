using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed class GetCallerTests(AccessApp.App app)
{
    [Fact]
    public async Task A_customer_is_told_whose_data_it_reaches()
    {
        var customer = await app.Customer();

        var me = (await (await app.As(Role.Customer, customer)).Get("me")).Is(200);

        me.Text("role").Should().Be("customer");
        me.Text("customerId").Should().Be(customer);
        me.At("scopes").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_program_is_told_its_scopes()
    {
        var me = (await (await app.AsKey(Scopes.ReadMarket, Scopes.ReadPortfolios)).Get("me")).Is(200);

        me.Text("role").Should().Be("service");
        me.At("scopes").EnumerateArray().Select(scope => scope.GetString()).Should().Equal(Scopes.ReadPortfolios, Scopes.ReadMarket);
    }

    [Fact]
    public async Task Nobody_is_asked_who_it_is()
    {
        var answer = (await app.AsNobody().Get("me")).IsProblem(401, "access.unauthenticated");

        answer.Headers["WWW-Authenticate"].Should().Be("Bearer realm=\"cleanportfolio\"");
    }
}
