using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetCustomerReturnsTests(TestApp app)
{
    [Fact]
    public async Task All_portfolios_of_a_customer_count_as_one()
    {
        var customer = await app.Customer();
        await Books.External(app, customer);
        await Books.Tracked(app, customer);
        await Books.External(app);

        var answer = (await app.Api.Get($"customers/{customer}/returns?from=2026-01-01&to=2026-03-31")).Is(200);

        answer.Figures("total", 0, 991.50m + 2293.63m, 1003.50m + 2363, 305.375m + 350, 293.375m + 280.63m);
        answer.At("stocks").GetArrayLength().Should().Be(2);
        answer.At("total.simpleReturn").GetDouble().Should().BeApproximately(574.005 / 3366.5, 1e-15);
    }

    [Fact]
    public async Task A_stock_in_two_portfolios_is_told_once()
    {
        var customer = await app.Customer();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-06", 101m)]);
        await app.Buy(await app.Portfolio(customer: customer), stock, "2026-01-05", "1", "100");
        await app.Buy(await app.Portfolio(customer: customer), stock, "2026-01-05", "2", "100");

        var answer = await app.Api.Get($"customers/{customer}/returns?to=2026-01-06");

        answer.At("stocks").GetArrayLength().Should().Be(1);
        answer.Figures("stocks.0.figures", 0, 303, 300, 0, 3);
    }

    [Fact]
    public async Task Portfolios_of_several_currencies_are_not_added_without_a_rate()
    {
        var customer = await app.Customer();
        await app.Record(await app.Portfolio("tracked", currency: "USD", customer: customer), Story.Money("deposit", "2026-01-05", "1"));
        await app.Record(await app.Portfolio("tracked", currency: "EUR", customer: customer), Story.Money("deposit", "2026-01-05", "1"));

        var answer = (await app.Api.Get($"customers/{customer}/returns")).Is(200);

        answer.Text("currency").Should().Be("USD");
        answer.Text("total.closingValue").Should().BeNull();
        answer.Text("quality.reasons.0.code").Should().Be("fxRateMissing");
    }

    [Fact]
    public async Task A_customer_without_portfolios_gained_nothing()
    {
        var answer = (await app.Api.Get($"customers/{await app.Customer()}/returns")).Is(200);

        answer.Figures("total", 0, 0, 0, 0, 0);
        answer.Text("total.simpleReturn").Should().BeNull();
    }

    [Fact]
    public async Task An_unknown_customer_is_not_found() =>
        (await app.Api.Get($"customers/{Guid.NewGuid()}/returns")).IsProblem(404, "customer.notFound");

    [Theory]
    [InlineData("from=2026-03-01&to=2026-02-01", "from")]
    [InlineData("to=0001-01-01", "to")]
    public async Task What_is_no_range_is_refused(string query, string path) =>
        (await app.Api.Get($"customers/{await app.Customer()}/returns?{query}")).IsInvalid(path);
}
