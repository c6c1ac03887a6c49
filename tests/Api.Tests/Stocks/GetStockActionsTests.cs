using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Stocks;

[Collection(LedgerApp.Name)]
public sealed class GetStockActionsTests(TestApp app)
{
    private Task<TestStock> Story() =>
        TestStock.In(
            app,
            [("2026-01-05", 100m)],
            splits: [("2026-03-02", 1, 2), ("2026-01-07", 2, 3)],
            dividends: [("2026-02-08", 0.25m), ("2026-01-08", 1.125m)]
        );

    [Fact]
    public async Task Splits_and_dividends_are_told_oldest_first()
    {
        var answer = (await app.Api.Get($"stocks/{(await Story()).Id}/actions")).Is(200);

        answer.At("splits").EnumerateArray().Texts("executionDate").Should().Equal("2026-01-07", "2026-03-02");
        answer.Exact("splits.0.from").Should().Be(2);
        answer.Exact("splits.0.to").Should().Be(3);
        answer.At("dividends").EnumerateArray().Texts("exDate").Should().Equal("2026-01-08", "2026-02-08");
        answer.Text("dividends.0.amount").Should().Be("1.125");
        answer.Text("dividends.0.currency").Should().Be("USD");
    }

    [Fact]
    public async Task Both_ends_belong_to_the_range()
    {
        var answer = (await app.Api.Get($"stocks/{(await Story()).Id}/actions?from=2026-01-08&to=2026-03-02")).Is(200);

        answer.At("splits").EnumerateArray().Texts("executionDate").Should().Equal("2026-03-02");
        answer.At("dividends").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task The_ends_of_time_are_a_range_too() =>
        (await app.Api.Get($"stocks/{(await Story()).Id}/actions?from=0001-01-01&to=9999-12-31")).Is(200);

    [Fact]
    public async Task A_range_backwards_and_an_unknown_stock_are_refused()
    {
        (await app.Api.Get($"stocks/{(await app.Stock()).Id}/actions?from=2026-01-02&to=2026-01-01")).IsInvalid("from");
        (await app.Api.Get($"stocks/{Guid.NewGuid()}/actions")).IsProblem(404, "stock.notFound");
    }
}
