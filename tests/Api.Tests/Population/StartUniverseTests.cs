using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>Crawls of all tickers, in a database of their own: what they lack depends on everything that is there.</summary>
public sealed class StartUniverseTests(StartUniverseTests.App app) : IClassFixture<StartUniverseTests.App>, IDisposable
{
    public void Dispose() => app.Market.ClearFaults();

    [Fact]
    public async Task A_crawl_brings_active_and_delisted_stocks_and_another_one_changes_nothing()
    {
        var job = await Crawl();

        (job.Text("kind"), job.Text("status")).Should().Be(("universe", "succeeded"));
        (await app.Api.All($"jobs/{job.Text("id")}/items")).Texts("key").Should().Equal("listings");
        var before = (await app.Api.All("stocks", limit: 500)).Select(stock => stock.GetRawText()).ToList();
        before.Should().HaveCountGreaterThan(50);
        (await app.Api.All("stocks?ticker=PLHM")).Single().Text("delistedOn").Should().Be("2021-07-01");

        await Crawl();

        (await app.Api.All("stocks", limit: 500)).Select(stock => stock.GetRawText()).Should().Equal(before);
    }

    [Fact]
    public async Task A_stock_that_a_crawl_lacks_stays_active_and_is_told_to_be_absent_since()
    {
        var stock = await app.Stock();

        await Crawl();
        app.Clock.Set(TestClock.Tuesday.AddDays(1));
        await Crawl();
        app.Clock.Set(TestClock.Tuesday);

        var told = await app.Api.Get($"stocks/{stock.Id}");
        (told.At("active").GetBoolean(), told.Text("absentSince")).Should().Be((true, "2026-06-30"));
        (await app.Api.Get($"stocks/{await app.StockId("AAPL")}")).Text("absentSince").Should().BeNull();
    }

    [Fact]
    public async Task A_crawl_that_lacks_a_third_ends_nothing_and_costs_no_call_more()
    {
        await Crawl();
        var before = await Stocks();
        app.Market.Add(new Fault(FaultKind.PartialCrawl) { Seed = 7 });
        app.Market.ClearCalls();

        await Crawl();

        var partly = await Stocks();
        partly.Select(Ended).Should().Equal(before.Select(Ended), "nothing is delisted because one crawl lacks it");
        var absent = partly.Where(stock => stock.Text("absentSince") is not null).ToList();
        absent.Should().NotBeEmpty();
        app.Market.Calls.Count(call => call.Path.Contains("/events", StringComparison.Ordinal)).Should().BeLessThanOrEqualTo(25);
        app.Market.ClearFaults();

        await Crawl();

        (await Stocks()).Where(stock => stock.Text("figi") is not null).Should().OnlyContain(stock => stock.Text("absentSince") == null);
    }

    [Fact]
    public async Task Of_a_ticker_that_a_crawl_tells_twice_the_newer_row_counts()
    {
        await Crawl();
        var before = await app.Api.Get($"stocks/{await app.StockId("KSTR")}");
        app.Market.Add(new Fault(FaultKind.TickerTwice) { Ticker = "KSTR" });

        (await Crawl()).Text("status").Should().Be("succeeded");

        (await app.Api.All("stocks?ticker=KSTR")).Single().GetRawText().Should().Be(before.Body);
    }

    private Task<List<JsonElement>> Stocks() => app.Api.All("stocks", limit: 500);

    private static string Ended(JsonElement stock) => $"{stock.Text("ticker")} {stock.Text("active")} {stock.Text("delistedOn")}";

    [Fact]
    public async Task A_crawl_that_the_provider_refuses_changes_nothing()
    {
        app.Market.Add(new Fault(FaultKind.NotEntitled) { Path = "/v3/reference/tickers" });

        var job = await Crawl();

        job.Text("status").Should().Be("failed");
        (await app.Api.All($"jobs/{job.Text("id")}/items")).Single().Text("reason").Should().Be("notEntitled");
    }

    private async Task<Answer> Crawl()
    {
        var answer = (await app.Api.Post("stocks/universe", new { })).Is(202);
        answer.Location.Should().Be($"/api/v1/jobs/{answer.Text("id")}");
        return await app.Api.WaitForJob(answer.Text("id")!);
    }

    public sealed class App : TestApp;
}
