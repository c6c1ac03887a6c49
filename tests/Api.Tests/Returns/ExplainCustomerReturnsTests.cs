using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class ExplainCustomerReturnsTests(TestApp app)
{
    private const string Range = "from=2026-02-01&to=2026-03-31";

    [Fact]
    public async Task The_arithmetic_of_all_portfolios_made_again_gives_the_same_digits()
    {
        var customer = await app.Customer();
        await Books.External(app, customer);
        await Books.Tracked(app, customer);
        await Rich.Record(app, "external", "lifo", customer);
        await Rich.Record(app, "tracked", "fifo", customer);
        var answer = (await app.Api.Get($"customers/{customer}/returns/explain?{Range}")).Is(200);

        answer.At("portfolios").GetArrayLength().Should().Be(4);
        Redo.Check(answer.Json);
        var returns = await app.Api.Get($"customers/{customer}/returns?{Range}");
        answer.At("returns").GetRawText().Should().Be(returns.Is(200).Body);
    }

    [Fact]
    public async Task A_customer_without_portfolios_has_nothing_to_explain()
    {
        var answer = (await app.Api.Get($"customers/{await app.Customer()}/returns/explain?{Range}")).Is(200);

        (answer.At("portfolios").GetArrayLength(), answer.Text("currency")).Should().Be((0, null));
    }

    [Theory]
    [InlineData("from=2026-03-01&to=2026-02-01", "from")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("currency=GBX", "currency")]
    public async Task What_is_no_range_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"customers/{await app.Customer()}/returns/explain?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Get($"customers/{Guid.NewGuid()}/returns/explain")).IsProblem(404, "customer.notFound");
}
