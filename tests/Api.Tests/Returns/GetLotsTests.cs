using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetLotsTests(TestApp app)
{
    [Theory]
    [InlineData("fifo", new[] { "2025-03-03", "2026-01-05", "2026-02-02" }, new[] { 4.0, 10, 5 }, new[] { 402.0, 1000, 600 })]
    [InlineData("lifo", new[] { "2026-02-02", "2026-01-05", "2025-03-03" }, new[] { 5.0, 4, 10 }, new[] { 600.0, 400, 1005 })]
    [InlineData("hifo", new[] { "2026-02-02", "2025-03-03", "2026-01-05" }, new[] { 5.0, 4, 10 }, new[] { 600.0, 402, 1000 })]
    [InlineData("average", new[] { "2025-03-03" }, new[] { 19.0 }, new[] { 2003.5 })]
    public async Task Lots_are_told_in_the_order_in_which_sales_will_take_them(
        string costMethod,
        string[] acquired,
        double[] quantities,
        double[] costs
    )
    {
        // 10 at 100 with 5 of charges, 10 at 100, then 6 sold at 110 (the average of 2005 / 20 takes 601.50), then 5 at 120
        var id = await app.Portfolio(costMethod: costMethod);
        var stock = await TestStock.In(app, [("2025-03-03", 100m), ("2026-03-31", 130m)]);
        await app.Buy(id, stock, "2025-03-03", "10", "100", fee: "5");
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await app.Sell(id, stock, "2026-01-30", "6", "110");
        await app.Buy(id, stock, "2026-02-02", "5", "120");

        var answer = (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-03-31")).Is(200);

        var lots = answer.At("stocks.0.lots").EnumerateArray().ToList();
        lots.Texts("acquiredOn").Should().Equal(acquired);
        lots.Select(lot => lot.Exact("quantity")).Should().Equal(quantities.Select(number => (decimal?)number));
        lots.Select(lot => lot.Exact("cost")).Should().Equal(costs.Select(number => (decimal?)number));
        lots.Select(lot => lot.Exact("value")).Should().Equal(quantities.Select(number => (decimal?)number * 130));
        answer.Text("costMethod").Should().Be(costMethod);
        // 19 x 130
        (answer.Exact("stocks.0.quantity"), answer.Exact("stocks.0.value"), answer.Exact("value"))
            .Should()
            .Be((19m, 2470m, 2470m));
        answer.Exact("unrealisedGain").Should().Be(2470 - lots.Sum(lot => lot.Exact("cost")));
    }

    [Fact]
    public async Task A_lot_tells_what_it_cost_and_for_how_long_it_is_held()
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2025-03-03", 100m), ("2026-03-03", 36.5m)], splits: [("2025-06-02", 1, 3)]);
        var purchase = await app.Buy(id, stock, "2025-03-03", "10", "100", fee: "2.50");

        var answer = (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-03-03&stockId={stock.Id}")).Is(200);

        var lot = answer.At("stocks.0.lots.0");
        (lot.Text("purchaseId"), lot.Exact("quantity")).Should().Be((purchase.Text("id"), 30m));
        (lot.Exact("price"), lot.Exact("charges"), lot.Exact("cost")).Should().Be((1000m, 2.5m, 1002.5m));
        // 1002.5 / 30; 30 x 36.5 - 1002.5; a year is not yet long
        (lot.Text("unitCost"), lot.Exact("unrealisedGain"))
            .Should()
            .Be(("33.4166666667", 92.5m));
        (lot.Text("daysHeld"), lot.At("longTerm").GetBoolean()).Should().Be(("365", false));
        var next = (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-03-04")).At("stocks.0.lots.0");
        (next.Text("daysHeld"), next.At("longTerm").GetBoolean()).Should().Be(("366", true));
    }

    [Fact]
    public async Task Shares_and_values_add_up_to_the_position_whatever_rounding_leaves()
    {
        // Twice 10 / 3 shares: 3.3333333333 and 3.3333333334 are 6.6666666667.
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 10m), ("2026-01-08", 33.33m)], splits: [("2026-01-07", 3, 1)]);
        await app.Buy(id, stock, "2026-01-05", "10", "10");
        await app.Buy(id, stock, "2026-01-06", "10", "10");

        var answer = (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-01-08")).Is(200);

        var lots = answer.At("stocks.0.lots").EnumerateArray().ToList();
        lots.Select(lot => lot.Exact("quantity")).Should().Equal(3.3333333333m, 3.3333333334m);
        answer.Exact("stocks.0.quantity").Should().Be(6.6666666667m);
        var holding = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-01-08")).At("holdings.0");
        foreach (var (sum, whole) in new[] { ("quantity", "quantity"), ("cost", "cost"), ("value", "value") })
            lots.Sum(lot => lot.Exact(sum)).Should().Be(holding.Exact(whole));
    }

    [Fact]
    public async Task A_day_of_the_past_knows_nothing_of_later_sales()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        await app.Sell(id, stock, "2026-01-07", "10", "100");

        (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-01-06")).Exact("stocks.0.lots.0.quantity").Should().Be(10);
        (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-01-07")).At("stocks").GetArrayLength().Should().Be(0);
        (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-01-04")).At("stocks").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Without_a_price_value_and_gain_are_unknown_and_say_why()
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-02-02", 60m)]);
        await app.Buy(id, stock, "2026-01-05", "2", "50", fee: "1");

        var answer = (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-02-01")).Is(200);

        answer.Exact("stocks.0.lots.0.cost").Should().Be(101);
        foreach (
            var path in new[] { "stocks.0.lots.0.value", "stocks.0.lots.0.unrealisedGain", "stocks.0.value", "value", "unrealisedGain" }
        )
            answer.Text(path).Should().BeNull(path);
        answer.Text("stocks.0.marks.0").Should().Be("priceMissing");
        answer.Text("quality.reasons.0.code").Should().Be("priceMissing");
    }

    [Fact]
    public async Task Without_a_rate_cost_is_unknown_and_never_nothing()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        var draft = new
        {
            kind = "buy",
            date = "2026-01-05",
            stockId = stock.Id,
            quantity = "2",
            unitPrice = "50",
            currency = "EUR",
        };
        await app.Record(id, draft);

        var answer = (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-01-05")).Is(200);

        foreach (var path in new[] { "price", "charges", "cost", "unitCost", "unrealisedGain" })
            answer.Text($"stocks.0.lots.0.{path}").Should().BeNull(path);
        (answer.Text("cost"), answer.Text("quality.status")).Should().Be((null, "incomplete"));
    }

    [Fact]
    public async Task What_is_no_day_is_refused_and_an_unknown_portfolio_is_not_found()
    {
        var id = await app.Portfolio();
        (await app.Api.Get($"portfolios/{id}/lots?asOf=2026-07-02")).IsInvalid("asOf");
        (await app.Api.Get($"portfolios/{id}/lots?stockId=AAPL")).IsInvalid("stockId");
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/lots")).IsProblem(404, "portfolio.notFound");
    }
}
