using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetHoldingsTests(TestApp app)
{
    [Theory]
    [InlineData("2026-01-04", 0, 0, 0)]
    [InlineData("2026-01-05", 10, 1001.5, 1000)]
    [InlineData("2026-02-01", 10, 1001.5, 1105)]
    [InlineData("2026-02-02", 20, 1001.5, 1120)]
    [InlineData("2026-02-27", 15, 751.125, 900)]
    [InlineData("2026-03-31", 15, 751.125, 991.5)]
    public async Task Quantity_cost_and_value_of_any_day_are_as_worked_out_by_hand(string day, int quantity, double cost, double value)
    {
        var (portfolio, stock) = await Books.External(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/holdings?asOf={day}")).Is(200);

        answer.Exact("totalValue").Should().Be((decimal)value);
        answer.Text("cash").Should().BeNull();
        if (quantity == 0)
        {
            answer.At("holdings").GetArrayLength().Should().Be(0);
            return;
        }
        answer.Text("holdings.0.stockId").Should().Be(stock.Id);
        answer.Exact("holdings.0.quantity").Should().Be(quantity);
        answer.Exact("holdings.0.cost").Should().Be((decimal)cost);
        answer.Exact("holdings.0.value").Should().Be((decimal)value);
        answer.Exact("holdings.0.unrealisedGain").Should().Be((decimal)value - (decimal)cost);
        answer.At("holdings.0.weight").GetDouble().Should().Be(1);
    }

    [Fact]
    public async Task Tracked_cash_is_part_of_the_whole()
    {
        var (portfolio, _) = await Books.Tracked(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-03-31")).Is(200);

        answer.Exact("cash").Should().Be(1383.63m);
        answer.Exact("totalValue").Should().Be(2293.63m);
        answer.Exact("holdings.0.quantity").Should().Be(7);
        // the two shares that went out were of the oldest lot, bought in 2020 for 90; 6 of 10 that cost 1001 are left
        answer.Exact("holdings.0.cost").Should().Be(690.6m);
        answer.At("holdings.0.weight").GetDouble().Should().BeApproximately(910 / 2293.63, 1e-15);
    }

    [Fact]
    public async Task A_balance_without_a_rate_is_unknown_and_says_why()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        var interest = new
        {
            kind = "interest",
            date = "2026-01-05",
            amount = "1",
            currency = "EUR",
        };
        await app.Record(portfolio, interest);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-01-05")).Is(200);

        (answer.Exact("cash"), answer.Exact("totalValue")).Should().Be((null, null));
        answer.Text("quality.status").Should().Be("incomplete");
        (answer.Text("quality.reasons.0.code"), answer.Text("quality.reasons.0.date")).Should().Be(("fxRateMissing", "2026-01-05"));
        var before = (await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-01-04")).Is(200);
        (before.Exact("totalValue"), before.Text("quality.status")).Should().Be((0m, "complete"));
    }

    [Fact]
    public async Task A_price_is_carried_over_and_called_stale_after_seven_days()
    {
        var (portfolio, _) = await Books.External(app);

        var fresh = await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-04-07");
        var stale = await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-04-08");

        fresh.Text("holdings.0.priceDate").Should().Be("2026-03-31");
        fresh.At("holdings.0.marks").GetArrayLength().Should().Be(0);
        stale.Text("holdings.0.marks.0").Should().Be("stale");
        stale.Exact("holdings.0.value").Should().Be(991.5m);
        stale.Text("quality.status").Should().Be("estimated");
    }

    [Fact]
    public async Task A_price_from_before_a_split_is_told_in_shares_of_the_day()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m)], splits: [("2026-01-07", 1, 4)]);
        await app.Buy(portfolio, stock, "2026-01-05", "1", "100");

        var answer = await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-01-08");

        answer.Exact("holdings.0.quantity").Should().Be(4);
        answer.Exact("holdings.0.price").Should().Be(25);
        answer.Exact("holdings.0.value").Should().Be(100);
    }

    [Fact]
    public async Task Before_the_first_price_it_stands_at_its_cost_and_is_marked()
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-02-02", 60m)]);
        await app.Buy(portfolio, stock, "2026-01-05", "2", "50", fee: "1");

        var answer = await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-02-01");

        answer.Exact("holdings.0.value").Should().Be(101);
        answer.Text("holdings.0.price").Should().BeNull();
        answer.Text("holdings.0.marks.0").Should().Be("priceMissing");
    }

    [Fact]
    public async Task Negative_cash_is_told_not_refused()
    {
        var portfolio = await app.Portfolio(cash: "tracked");
        await app.Buy(portfolio, await app.Stock(), "2026-01-05", "1", "100");

        (await app.Api.Get($"portfolios/{portfolio}/holdings")).Exact("cash").Should().Be(-100);
    }

    [Theory]
    [InlineData("2026-07-02")]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("1899-12-31")]
    [InlineData("today")]
    public async Task What_is_no_day_is_refused(string day) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/holdings?asOf={day}")).IsInvalid("asOf");

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/holdings")).IsProblem(404, "portfolio.notFound");
}
