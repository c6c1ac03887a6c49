using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetGainsTests(TestApp app)
{
    [Fact]
    public async Task A_sale_after_a_split_is_as_worked_out_by_hand()
    {
        var (portfolio, stock) = await Books.External(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/gains")).Is(200);

        answer.At("lots").GetArrayLength().Should().Be(1);
        answer.Text("lots.0.ticker").Should().Be(stock.Ticker);
        answer.Text("lots.0.acquiredOn").Should().Be("2026-01-05");
        answer.Text("lots.0.soldOn").Should().Be("2026-02-27");
        answer.At("lots.0.daysHeld").GetInt32().Should().Be(53);
        answer.Exact("lots.0.quantity").Should().Be(5);
        // 5 x 60.00 - 1.00; a quarter of 1001.50
        answer.Exact("lots.0.proceeds").Should().Be(299);
        answer.Exact("lots.0.cost").Should().Be(250.375m);
        answer.Exact("lots.0.gain").Should().Be(48.625m);
        answer.Exact("totalGain").Should().Be(48.625m);
        answer.Exact("shortTermGain").Should().Be(48.625m);
        answer.Exact("longTermGain").Should().Be(0);
    }

    // Lots of 10 at 10, 10 at 30 and 10 at 20; 15 sold at 40.
    [Theory]
    [InlineData("fifo", 350, 150, 200)]
    [InlineData("lifo", 250, 250, 0)]
    [InlineData("hifo", 200, 200, 0)]
    [InlineData("average", 300, 0, 300)]
    public async Task The_cost_method_decides_which_lots_go(string method, int total, int shortTerm, int longTerm)
    {
        var portfolio = await app.Portfolio(costMethod: method);
        var stock = await app.Stock();
        await app.Buy(portfolio, stock, "2025-01-02", "10", "10");
        await app.Buy(portfolio, stock, "2026-01-02", "10", "30");
        await app.Buy(portfolio, stock, "2026-02-02", "10", "20");
        await app.Sell(portfolio, stock, "2026-03-02", "15", "40");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/gains?from=2026-03-02&to=2026-03-02")).Is(200);

        answer.Text("costMethod").Should().Be(method);
        answer.Exact("totalGain").Should().Be(total);
        (answer.Exact("shortTermGain") + answer.Exact("longTermGain")).Should().Be(total);
        if (method == "fifo")
            (answer.Exact("longTermGain"), answer.Exact("shortTermGain")).Should().Be((300m, 50m));
        else
            (answer.Exact("shortTermGain"), answer.Exact("longTermGain")).Should().Be(((decimal)shortTerm, (decimal)longTerm));
    }

    [Fact]
    public async Task Only_sales_of_the_range_count()
    {
        var (portfolio, _) = await Books.External(app);

        (await app.Api.Get($"portfolios/{portfolio}/gains?from=2026-02-28")).At("lots").GetArrayLength().Should().Be(0);
        (await app.Api.Get($"portfolios/{portfolio}/gains?from=2026-02-27&to=2026-02-27")).At("lots").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task A_missing_rate_leaves_gains_unknown()
    {
        var portfolio = await app.Portfolio(currency: "EUR");
        var stock = await app.Stock();
        var buy = new
        {
            kind = "buy",
            date = "2026-01-05",
            stockId = stock.Id,
            quantity = "1",
            unitPrice = "1",
            currency = "USD",
        };
        await app.Record(portfolio, buy);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/gains")).Is(200);

        answer.Text("totalGain").Should().BeNull();
        answer.Text("quality.status").Should().Be("incomplete");
    }

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/gains")).IsProblem(404, "portfolio.notFound");
}
