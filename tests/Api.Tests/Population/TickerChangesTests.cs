using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>What becomes of a position when its stock gets another ticker, its ticker another stock, or neither is listed any more.</summary>
/// <remarks>An app of its own: its stories are of the past, and prices of later days under the same tickers would contradict them.</remarks>
public sealed class TickerChangesTests(TestApp app) : IClassFixture<TestApp>, IDisposable
{
    public void Dispose()
    {
        app.Market.ClearFaults();
        app.Market.Now = TestClock.NoonOf(TestClock.Tuesday);
    }

    [Fact]
    public async Task A_position_survives_a_rename()
    {
        // In the simulated market Quillwork became Quillon on 9 June 2022: QLWK became QLON, the FIGI stayed.
        app.Market.Now = TestClock.NoonOf(new DateOnly(2022, 5, 10));
        (await app.Populate("2022-05-02", "2022-05-06", "QLWK")).Text("status").Should().Be("succeeded");
        var stock = new TestStock(await app.StockId("QLWK"), "QLWK");
        var id = await app.Portfolio();
        await app.Buy(id, stock, "2022-05-03", "10", "100");

        app.Market.Now = TestClock.NoonOf(new DateOnly(2022, 6, 15));
        (await app.Populate("2022-06-08", "2022-06-14", "QLON")).Text("status").Should().Be("succeeded");

        (await app.StockId("QLON")).Should().Be(stock.Id);
        (await app.Api.All("stocks?ticker=QLWK")).Texts("ticker").Should().Equal("QLON");
        var told = (await app.Api.Get($"stocks/{stock.Id}/prices?from=2022-05-01&to=2022-06-30")).At("prices").EnumerateArray().ToList();
        told.Texts("date")
            .Should()
            .Equal(
                [.. Days("2022-05-02", 5), "2022-06-08", "2022-06-09", "2022-06-10", "2022-06-13", "2022-06-14"],
                "the day before is asked for under the old ticker"
            );
        var holding = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2022-06-14")).At("holdings.0");
        (holding.Text("ticker"), holding.Exact("quantity"), holding.Text("priceDate")).Should().Be(("QLON", 10m, "2022-06-14"));
        holding.Exact("value").Should().Be(10 * told[^1].Exact("close"));
    }

    [Fact]
    public async Task A_recycled_ticker_is_another_stock_whose_prices_never_reach_the_old_position()
    {
        app.Market.Add(new Fault(FaultKind.RecycledTicker) { Ticker = "ASHL", Date = new DateOnly(2025, 9, 2) });
        app.Market.Now = TestClock.NoonOf(new DateOnly(2025, 8, 29));
        await app.Populate("2025-08-25", "2025-08-28", "ASHL");
        var former = new TestStock(await app.StockId("ASHL"), "ASHL");
        var id = await app.Portfolio();
        await app.Buy(id, former, "2025-08-26", "10", "5");
        var before = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2025-08-28")).At("holdings.0");

        app.Market.Now = TestClock.NoonOf(new DateOnly(2025, 9, 20));
        await app.PopulateAnew("2025-09-02", "2025-09-19", "ASHL");

        (await app.StockId("ASHL")).Should().NotBe(former.Id);
        (await app.Api.Get($"stocks/{former.Id}")).At("active").GetBoolean().Should().BeFalse();
        (await app.Api.Get($"stocks/{former.Id}/prices?from=2025-08-29&to=2025-09-30")).At("prices").GetArrayLength().Should().Be(0);
        (await app.Api.Get($"stocks/{await app.StockId("ASHL")}/prices?from=2025-08-01&to=2025-09-30"))
            .Text("prices.0.date")
            .Should()
            .Be("2025-09-02");
        var after = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2025-09-19")).At("holdings.0");
        (after.Text("stockId"), after.Text("value"), after.Text("marks.0")).Should().Be((former.Id, before.Text("value"), "stale"));
    }

    [Fact]
    public async Task A_delisted_stock_keeps_its_last_price_and_becomes_stale()
    {
        // In the simulated market Pelham was last traded on 30 June 2021.
        await app.Populate("2021-06-28", "2021-07-30", "PLHM");
        var stock = new TestStock((await app.Api.All("stocks?ticker=PLHM")).Single().Text("id")!, "PLHM");
        var id = await app.Portfolio();
        await app.Buy(id, stock, "2021-06-29", "10", "30");
        var last = (await app.Api.Get($"stocks/{stock.Id}/prices?from=2021-06-30&to=2021-06-30")).Exact("prices.0.close");

        var soon = await app.Api.Get($"portfolios/{id}/holdings?asOf=2021-07-07");
        var later = await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-06-30");

        soon.At("holdings.0.marks").GetArrayLength().Should().Be(0);
        foreach (var answer in new[] { soon, later })
            (answer.Text("holdings.0.priceDate"), answer.Exact("totalValue")).Should().Be(("2021-06-30", 10 * last));
        later.Text("holdings.0.marks.0").Should().Be("stale");
        later.Text("quality.status").Should().Be("estimated");
    }

    private static IEnumerable<string> Days(string first, int count) =>
        Enumerable.Range(0, count).Select(day => DateOnly.Parse(first, null).AddDays(day).ToString("yyyy-MM-dd", null));
}
