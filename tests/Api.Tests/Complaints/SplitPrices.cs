using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: split-adjusted prices meet unadjusted quantities. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(LedgerApp.Name)]
public sealed class SplitPrices(TestApp app)
{
    [Fact]
    public async Task Split_adjusted_prices_against_unadjusted_quantities()
    {
        // 10 x 100, 10 x 110, then 20 x 56: neither half on the days before, nor half from the split on.
        var (id, _) = await Story();

        var points = (await app.Api.Get($"portfolios/{id}/history?from=2026-01-05&to=2026-01-08")).Is(200).At("points");
        var returns = (await app.Api.Get($"portfolios/{id}/returns?from=2026-01-05&to=2026-01-08")).Is(200);

        points.EnumerateArray().Select(point => point.Exact("value")).Should().Equal(1000m, 1100m, 1120m, 1180m);
        returns.Exact("total.gain").Should().Be(180);
        returns.At("measures.timeWeighted").GetDouble().Should().BeApproximately(0.18, 1e-12);
    }

    [Fact]
    public async Task Past_values_change_when_a_split_comes()
    {
        var (id, stock) = await Story();
        var before = await Values(id);

        await stock.Split(app, "2026-06-01", 1, 10);

        (await Values(id)).Should().Equal(before);
        (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-06-01")).Exact("holdings.0.quantity").Should().Be(200);
        (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-06-01")).Exact("totalValue").Should().Be(1180);
    }

    [Fact]
    public async Task A_reverse_split_told_as_a_gain_of_a_thousand_percent()
    {
        // 100 at 1 are 10 at 10; 4 of them sold at 11 made 4, the other 6 stand at 11.
        var id = await app.Portfolio();
        var stock = await TestStock.In(
            app,
            [("2026-01-05", 1m), ("2026-01-07", 10m), ("2026-01-08", 11m)],
            splits: [("2026-01-07", 10, 1)]
        );
        await app.Buy(id, stock, "2026-01-05", "100", "1");
        await app.Sell(id, stock, "2026-01-08", "4", "11");

        var answer = (await app.Api.Get($"portfolios/{id}/returns?from=2026-01-05&to=2026-01-08")).Is(200);

        answer.Parts("total", 4, 6, 0, 0, 0, 0, 0);
        answer.At("measures.timeWeighted").GetDouble().Should().BeApproximately(0.1, 1e-12);
        (await app.TryRecord(id, Making.Story.Trade("sell", stock, "2026-01-08", "7", "11"))).IsProblem(422, "transaction.oversold");
    }

    [Theory]
    [InlineData(3, 4, "13.3333333333")]
    [InlineData(5, 11, "22")]
    [InlineData(1, 1.05, "10.5")]
    [InlineData(10, 1, "1")]
    public async Task Only_whole_splits_are_understood(double from, double to, string quantity)
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m)], splits: [("2026-01-07", (decimal)from, (decimal)to)]);
        await app.Buy(id, stock, "2026-01-05", "10", "100");

        var answer = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-01-07")).Is(200);

        answer.Text("holdings.0.quantity").Should().Be(quantity);
        // The last price is carried over the split, to 8 decimals.
        answer.Exact("totalValue").Should().BeApproximately(1000, 0.0000001m);
    }

    [Fact]
    public async Task A_trade_on_the_day_of_the_split_is_split_again()
    {
        // 10 old ones are 20; those bought and sold that day are new ones.
        var (id, stock) = await Story();
        await app.Buy(id, stock, "2026-01-07", "5", "55");
        await app.Sell(id, stock, "2026-01-07", "2", "56");

        (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-01-07")).Exact("holdings.0.quantity").Should().Be(23);
    }

    // 10 shares at 100; 2 for 1 on 7 January, when the price goes from 110 to 56.
    private async Task<(string Portfolio, TestStock Stock)> Story()
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(
            app,
            [("2026-01-05", 100m), ("2026-01-06", 110m), ("2026-01-07", 56m), ("2026-01-08", 59m)],
            splits: [("2026-01-07", 1, 2)]
        );
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        return (id, stock);
    }

    private async Task<List<string?>> Values(string portfolio) =>
        [
            .. (await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-05&to=2026-05-31"))
                .Is(200)
                .At("points")
                .EnumerateArray()
                .Texts("value"),
        ];
}
