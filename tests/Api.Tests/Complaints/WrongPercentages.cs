using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: percentages are wrong after several buys or deposits. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(LedgerApp.Name)]
public sealed class WrongPercentages(TestApp app)
{
    private const double Close = 1e-12;

    [Fact]
    public async Task Wrong_percentages_after_several_buys()
    {
        // 100, 110, 110, 121: the stock made 21 %, however much of it was bought at 110.
        var (id, stock) = await Bought("external", ("2026-01-05", 100), ("2026-01-06", 110), ("2026-01-07", 110), ("2026-01-08", 121));
        await app.Buy(id, stock, "2026-01-07", "10", "110");
        await app.Buy(id, stock, "2026-01-07", "30", "110");

        var answer = await Returns(id, "2026-01-05", "2026-01-08");

        answer.At("measures.timeWeighted").GetDouble().Should().BeApproximately(0.21, Close);
        // 50 x 121 - 1000 - 4400 = 650 on 5400 put in
        (answer.Exact("total.inflows"), answer.Exact("total.gain"))
            .Should()
            .Be((5400m, 650m));
        answer.At("total.simpleReturn").GetDouble().Should().BeApproximately(650.0 / 5400, Close);
    }

    [Fact]
    public async Task Wrong_percentages_after_a_deposit()
    {
        // 10 % were made when 5000 came in: they are no gain, and what was made is not spread over them.
        var (id, _) = await Bought("tracked", ("2026-01-05", 100), ("2026-01-06", 110), ("2026-01-08", 110));
        await app.Record(id, Story.Money("deposit", "2026-01-07", "5000"));

        var answer = await Returns(id, "2026-01-05", "2026-01-08");

        answer.At("measures.timeWeighted").GetDouble().Should().BeApproximately(0.1, Close);
        (answer.Exact("total.closingValue"), answer.Exact("total.gain")).Should().Be((6100m, 100m));
    }

    [Fact]
    public async Task Wrong_percentages_after_a_withdrawal()
    {
        // 1000 in cash beside 1000 in shares. Half of the cash leaves after the shares made 100 of 2000: 5 %.
        var (id, _) = await Bought("tracked", ("2026-01-05", 100), ("2026-01-06", 110), ("2026-01-08", 110));
        await app.Record(id, Story.Money("deposit", "2026-01-05", "1000"));
        await app.Record(id, Story.Money("withdrawal", "2026-01-07", "500"));

        var answer = await Returns(id, "2026-01-05", "2026-01-08");

        answer.At("measures.timeWeighted").GetDouble().Should().BeApproximately(0.05, Close);
        (answer.Exact("total.closingValue"), answer.Exact("total.gain")).Should().Be((1600m, 100m));
    }

    [Fact]
    public async Task Wrong_percentages_after_selling_all_and_buying_again()
    {
        // 10 % on 1000, sold; then 10 % on 250: 1.1 x 1.1
        var (id, stock) = await Bought("external", ("2026-01-05", 100), ("2026-01-06", 110), ("2026-01-08", 50), ("2026-01-09", 55));
        await app.Sell(id, stock, "2026-01-06", "10", "110");
        await app.Buy(id, stock, "2026-01-08", "5", "50");

        var answer = await Returns(id, "2026-01-05", "2026-01-09");

        answer.At("measures.timeWeighted").GetDouble().Should().BeApproximately(0.21, Close);
        answer.Parts("total", 100, 25, 0, 0, 0, 0, 0);
    }

    [Fact]
    public async Task A_loss_told_as_a_gain_because_the_money_came_late()
    {
        // 1000 made 10 %, then 9900 more came and all lost 20 %: 1.1 x 0.8 for the stock, but 2100 of 10900 are lost.
        var (id, stock) = await Bought("external", ("2026-01-05", 100), ("2026-01-06", 110), ("2026-01-07", 110), ("2026-01-08", 88));
        await app.Buy(id, stock, "2026-01-07", "90", "110");

        var answer = await Returns(id, "2026-01-05", "2026-01-08");

        answer.At("measures.timeWeighted").GetDouble().Should().BeApproximately(-0.12, Close);
        // 100 x 88 - 1000 - 9900
        answer.Exact("total.gain").Should().Be(-2100);
        answer.At("total.simpleReturn").GetDouble().Should().BeApproximately(-2100 / 10_900.0, Close);
        // Average capital: 1000 for 3 days of 4, 9900 for one.
        answer.At("measures.modifiedDietz").GetDouble().Should().BeApproximately(-2100 / (750 + 2475.0), Close);
    }

    // 10 shares at the first close, paid by a deposit if cash is tracked.
    private async Task<(string Portfolio, TestStock Stock)> Bought(string cash, params (string Date, int Close)[] closes)
    {
        var id = await app.Portfolio(cash: cash);
        var stock = await TestStock.In(app, closes.Select(close => (close.Date, (decimal)close.Close)));
        if (cash == "tracked")
            await app.Record(id, Story.Money("deposit", closes[0].Date, "1000"));
        await app.Buy(id, stock, closes[0].Date, "10", "100");
        return (id, stock);
    }

    private async Task<Answer> Returns(string portfolio, string from, string to) =>
        (await app.Api.Get($"portfolios/{portfolio}/returns?from={from}&to={to}")).Is(200);
}
