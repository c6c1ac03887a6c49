using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>
/// Real prices of 2015: Actavis (ACT) became Allergan (AGN) on 15 June 2015, and the data have a row of AGN for the Friday before, with
/// another volume; Lorillard (LO) was last traded on 9 June 2015. Closes and volumes are those of the files.
/// </summary>
public sealed class RenamesTests : IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync()
    {
        if (MarketDataFactAttribute.Runs)
            app = await TestApp.Start(
                new TestAppOptions
                {
                    Market = new SimulatorOptions
                    {
                        DataFolder = Checkout.MarketData,
                        DataPrefix = "us_selected",
                        Renames = [new Rename("ACT", "AGN", new DateOnly(2015, 6, 15))],
                    },
                }
            );
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }

    [MarketDataFact]
    public async Task A_position_in_ACT_goes_on_as_AGN_and_LO_ends_delisted()
    {
        await Market("2015-06-08", "2015-06-01", "2015-06-05");
        var (act, lo) = (new TestStock(await app.StockId("ACT"), "ACT"), new TestStock(await app.StockId("LO"), "LO"));
        var id = await app.Portfolio();
        await app.Buy(id, act, "2015-06-05", "10", "302");
        await app.Buy(id, lo, "2015-06-05", "5", "71");
        await Market("2015-06-13", "2015-06-08", "2015-06-12");

        await Market("2015-06-26", "2015-06-12", "2015-06-25");

        (await app.StockId("AGN")).Should().Be(act.Id);
        (await Symbols(act.Id)).Should().Equal("ACT  2015-06-14", "AGN 2015-06-15 ");
        (await Rows(act.Id, "2015-06-11", "2015-06-16"))
            .Should()
            .Equal("2015-06-11 301.92 1593300", "2015-06-12 298.98 1364400", "2015-06-15 301.35 1079500", "2015-06-16 298.02 1343900");
        var before = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2015-06-12")).At("holdings").EnumerateArray().ToList();
        var after = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2015-06-15")).At("holdings").EnumerateArray().ToList();
        before.Select(h => (h.Text("stockId"), h.Exact("value"))).Should().BeEquivalentTo([(act.Id, 2989.80m), (lo.Id, 356.85m)]);
        after.Select(h => (h.Text("stockId"), h.Exact("value"))).Should().BeEquivalentTo([(act.Id, 3013.50m), (lo.Id, 356.85m)]);
        var ended = await app.Api.Get($"stocks/{lo.Id}");
        (ended.At("active").GetBoolean(), ended.Text("delistedOn")).Should().Be((false, "2015-06-10"));
    }

    [MarketDataFact]
    public async Task What_was_stored_under_the_new_ticker_before_the_rename_was_known_comes_over()
    {
        await Market("2015-06-08", "2015-06-01", "2015-06-05");
        var act = await app.StockId("ACT");
        app.Market.Add(new Fault(FaultKind.NotEntitled) { Path = "/v3/reference/tickers" });
        await Market("2015-06-18", "2015-06-08", "2015-06-17", "partiallySucceeded");
        app.Market.ClearFaults();
        var nameless = await app.StockId("AGN");
        nameless.Should().NotBe(act);

        (await Universe()).Text("status").Should().Be("succeeded");

        (await app.StockId("AGN")).Should().Be(act);
        (await Rows(act, "2015-06-12", "2015-06-16"))
            .Should()
            .Equal("2015-06-12 298.98 1364400", "2015-06-15 301.35 1079500", "2015-06-16 298.02 1343900");
        (await Rows(nameless, "2015-06-01", "2015-06-17")).Should().Equal("2015-06-12 298.98 1370800");
        (await app.Api.All("stocks?ticker=AGN")).Texts("id").Should().Equal(act, nameless);
    }

    [MarketDataFact]
    public async Task A_range_that_begins_before_the_rename_is_asked_for_under_both_tickers()
    {
        At("2015-06-08");
        await app.Populate("2015-06-04", "2015-06-05", "ACT");
        var act = await app.StockId("ACT");
        At("2015-06-26");
        app.Market.ClearCalls();

        var job = await app.Populate("2015-06-10", "2015-06-16", "AGN");

        job.Text("status").Should().Be("succeeded", "the job is {0}", job.Body);
        (await Rows(act, "2015-06-11", "2015-06-16"))
            .Should()
            .Equal("2015-06-11 301.92 1593300", "2015-06-12 298.98 1364400", "2015-06-15 301.35 1079500", "2015-06-16 298.02 1343900");
        app.Market.Calls.Count(call => call.Path.Contains("/events", StringComparison.Ordinal)).Should().Be(1);
        app.Market.Calls.Should().Contain(call => call.Path.Contains("/ACT/range/1/day/2015-06-10/2015-06-14", StringComparison.Ordinal));

        // Asked for by the ticker that nobody bears any more, it is the same stock.
        (await app.Populate("2015-06-08", "2015-06-09", "ACT"))
            .Text("status")
            .Should()
            .Be("succeeded");
        (await Rows(act, "2015-06-08", "2015-06-09")).Should().Equal("2015-06-08 298.66 1962300", "2015-06-09 296.87 1797000");
    }

    [MarketDataFact]
    public async Task A_row_of_a_day_on_which_nobody_bore_the_ticker_is_told_and_not_stored()
    {
        At("2015-06-26");

        var job = await app.Populate("2015-06-10", "2015-06-16", "AGN");

        var item = (await app.Api.All($"jobs/{job.Text("id")}/items")).Of("AGN");
        (item.Text("status"), item.Text("rowsRejected")).Should().Be(("partiallySucceeded", "1"));
        item.Text("detail").Should().Be("AGN 2015-06-12: no stock bore the ticker that day");
        (await Rows(await app.StockId("AGN"), "2015-06-01", "2015-06-16"))
            .Should()
            .Equal("2015-06-15 301.35 1079500", "2015-06-16 298.02 1343900");
    }

    [MarketDataFact]
    public async Task A_trade_under_the_old_ticker_is_one_of_the_stock()
    {
        At("2015-06-08");
        await app.Populate("2015-06-01", "2015-06-05", "ACT");
        At("2015-06-26");
        await app.Populate("2015-06-15", "2015-06-16", "AGN");
        var stock = await app.StockId("AGN");
        var id = await app.Portfolio();

        foreach (var (ticker, day) in new[] { ("ACT", "2015-06-05"), ("ACT", "2015-06-16"), ("AGN", "2015-06-16"), ("AGN", "2015-06-05") })
        {
            var draft = new
            {
                kind = "buy",
                date = day,
                ticker,
                quantity = "1",
                unitPrice = "300",
            };
            (await app.Record(id, draft)).Text("stockId").Should().Be(stock, "{0} of {1}", ticker, day);
        }
        (await app.Api.All("stocks?search=act")).Texts("ticker").Should().Equal("AGN");
        (await app.Import(id, "", "date,kind,ticker,quantity,unitPrice", "2015-06-03,buy,ACT,2,301", "2015-06-22,buy,ACT,3,302")).Is(201);
        (await app.Api.Get($"portfolios/{id}/holdings?asOf=2015-06-25"))
            .At("holdings")
            .EnumerateArray()
            .Select(holding => (holding.Text("stockId"), holding.Exact("quantity")))
            .Should()
            .Equal((stock, 9m));
    }

    private void At(string day)
    {
        var today = DateOnly.Parse(day, null);
        app.Market.Now = TestClock.NoonOf(today);
        app.Clock.Set(today);
    }

    private async Task Market(string today, string from, string to, string status = "succeeded")
    {
        At(today);
        var job = await app.Api.WaitForJob((await app.Api.Post("stocks/population", new { from, to })).Is(202).Text("id")!);
        var items = await app.Api.All($"jobs/{job.Text("id")}/items");
        job.Text("status").Should().Be(status, string.Join('\n', items.Select(item => item.GetRawText())));
    }

    private async Task<Answer> Universe() => await app.Api.WaitForJob((await app.Api.Post("stocks/universe", new { })).Is(202).Text("id")!);

    private async Task<IEnumerable<string>> Symbols(string stock) =>
        (await app.Api.Get($"stocks/{stock}"))
            .At("symbols")
            .EnumerateArray()
            .Select(symbol => $"{symbol.Text("ticker")} {symbol.Text("from")} {symbol.Text("to")}");

    private async Task<IEnumerable<string>> Rows(string stock, string from, string to) =>
        (await app.Api.Get($"stocks/{stock}/prices?from={from}&to={to}"))
            .At("prices")
            .EnumerateArray()
            .Select(price => $"{price.Text("date")} {price.Text("close")} {price.Text("volume")}");
}
