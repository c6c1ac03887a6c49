using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Stocks;

[Collection(LedgerApp.Name)]
public sealed class GetStockPricesTests(TestApp app)
{
    private async Task<TestStock> Story() =>
        await TestStock.In(
            app,
            [("2026-01-05", 100m), ("2026-01-06", 110m), ("2026-01-07", 56.25m), ("2026-01-08", 50m)],
            splits: [("2026-01-07", 1, 2)],
            dividends: [("2026-01-08", 12.5m)]
        );

    // Split: the days before are halved. Total: the days before the ex-date times 50 / (50 + 12.5) = 0.8 too.
    [Theory]
    [InlineData("raw", 100, 110, 56.25, 50)]
    [InlineData("split", 50, 55, 56.25, 50)]
    [InlineData("total", 40, 44, 45, 50)]
    public async Task A_series_is_as_worked_out_by_hand(string basis, double a, double b, double c, double d)
    {
        var stock = await Story();

        var answer = (await app.Api.Get($"stocks/{stock.Id}/prices?from=2026-01-01&to=2026-01-31&basis={basis}")).Is(200);

        answer.Text("basis").Should().Be(basis);
        answer.Text("ticker").Should().Be(stock.Ticker);
        var prices = answer.At("prices").EnumerateArray().ToList();
        prices.Texts("date").Should().Equal("2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08");
        prices.Select(price => price.Exact("close")).Should().Equal(new[] { a, b, c, d }.Select(value => (decimal?)value));
    }

    [Fact]
    public async Task A_dividend_in_another_currency_is_left_out_and_told()
    {
        var stock = await Story();
        await stock.Dividend(app, "2026-01-07", 3, currency: "EUR");

        var total = (await app.Api.Get($"stocks/{stock.Id}/prices?from=2026-01-01&to=2026-01-31&basis=total")).Is(200);
        var split = (await app.Api.Get($"stocks/{stock.Id}/prices?from=2026-01-01&to=2026-01-31&basis=split")).Is(200);

        (total.Text("skippedDividends"), split.Text("skippedDividends")).Should().Be(("1", "0"));
        total.Exact("prices.0.close").Should().Be(40);
    }

    [Fact]
    public async Task Both_ends_belong_to_the_range_and_the_basis_is_raw_unless_told_otherwise()
    {
        var stock = await Story();

        var answer = (await app.Api.Get($"stocks/{stock.Id}/prices?from=2026-01-06&to=2026-01-07")).Is(200);

        answer.Text("basis").Should().Be("raw");
        answer.At("prices").EnumerateArray().Texts("date").Should().Equal("2026-01-06", "2026-01-07");
    }

    [Fact]
    public async Task Without_a_range_it_is_the_last_year()
    {
        var answer = (await app.Api.Get($"stocks/{(await Story()).Id}/prices")).Is(200);

        answer.Text("from").Should().Be("2025-07-01");
        answer.Text("to").Should().Be("2026-06-30");
    }

    [Theory]
    [InlineData("basis=adjusted", "basis")]
    [InlineData("basis=99", "basis")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("from=9999-12-31", "from")]
    [InlineData("from=2026-01-02&to=2026-01-01", "from")]
    public async Task What_is_no_series_is_refused(string query, string path) =>
        (await app.Api.Get($"stocks/{(await app.Stock()).Id}/prices?{query}")).IsInvalid(path);

    [Fact]
    public async Task An_unknown_stock_is_not_found() =>
        (await app.Api.Get($"stocks/{Guid.NewGuid()}/prices")).IsProblem(404, "stock.notFound");
}
