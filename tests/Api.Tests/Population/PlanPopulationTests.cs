using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>What a plan says is what then happens: the simulated provider counts.</summary>
public sealed class PlanPopulationTests(PlanPopulationTests.App app) : IClassFixture<PlanPopulationTests.App>
{
    [Fact]
    public async Task A_dry_run_tells_the_calls_asks_nobody_and_writes_nothing()
    {
        var draft = Draft("2025-01-02", "2025-06-30", "TSLA", "JNJ", "KO");
        app.Market.ClearCalls();
        var before = await TableCounts.Of(app);

        var plan = (await app.Api.Post("stocks/population?dryRun=true", draft)).Is(200);

        app.Market.Calls.Should().BeEmpty();
        (await TableCounts.Of(app)).Should().Equal(before);
        // Three tickers, bars and listing each; one batch of splits and one of dividends.
        (plan.At("calls").GetInt32(), plan.At("exact").GetBoolean(), plan.At("alreadyStored").GetInt32())
            .Should()
            .Be((8, true, 0));
        plan.At("items")
            .EnumerateArray()
            .Select(item => (item.Text("work"), item.At("count").GetInt32(), item.At("calls").GetInt32()))
            .Should()
            .Equal(("stock", 3, 6), ("splits", 1, 1), ("dividends", 1, 1));
        plan.Text("duration").Should().Be("00:00:00", "nothing limits the calls here");
        // 123 sessions of each ticker, 3 listings, about 2 dividends of each.
        plan.At("rows").GetInt32().Should().BeInRange(372, 384);

        var job = await Done(draft);

        job.Text("status").Should().Be("succeeded", job.Body);
        app.Market.Calls.Should().HaveCount(8);
        (job.At("calls.planned").GetInt32(), job.At("calls.made").GetInt32()).Should().Be((8, 8));
    }

    [Fact]
    public async Task The_same_again_costs_no_call_and_refresh_asks_again()
    {
        var draft = Draft("2024-01-02", "2024-03-28", "GNTS", "HRTW");
        await Done(draft);
        app.Market.ClearCalls();

        var plan = (await app.Api.Post("stocks/population?dryRun=true", draft)).Is(200);
        var again = await Done(draft);

        plan.At("calls").GetInt32().Should().Be(0);
        plan.At("alreadyStored").GetInt32().Should().Be(2 * 61, "sessions from January to March 2024");
        again.Text("status").Should().Be("succeeded");
        app.Market.Calls.Should().BeEmpty();
        var anew = await app.PopulateAnew("2024-01-02", "2024-03-28", "GNTS", "HRTW");
        (anew.At("calls.planned").GetInt32(), anew.At("calls.made").GetInt32(), app.Market.Calls.Count).Should().Be((6, 6, 6));
    }

    [Fact]
    public async Task A_longer_range_asks_only_for_the_days_that_are_missing()
    {
        await Done(Draft("2023-05-01", "2023-06-30", "INKP"));
        app.Market.ClearCalls();

        var job = await Done(Draft("2023-05-01", "2023-07-31", "INKP"));

        job.At("calls.made").GetInt32().Should().Be(3, "bars, splits and dividends of July");
        // The first session after 30 June 2023, a Friday, is Monday 3 July.
        app.Market.Calls.Should().ContainSingle(call => Is(call, "/v2/aggs/ticker/INKP/range/1/day/2023-07-03/2023-07-31"));
        (await app.Api.Get($"stocks/{await app.StockId("INKP")}/prices?from=2023-05-01&to=2023-07-31"))
            .At("prices")
            .GetArrayLength()
            .Should()
            .Be(63, "sessions from May to July 2023: 22, 21 and 20");
    }

    [Fact]
    public async Task Days_young_enough_to_be_corrected_are_asked_again()
    {
        // It is Tuesday 30 June 2026: of the week from Monday 22 June only that Monday is final.
        await Done(Draft("2026-06-15", "2026-06-26", "FRNH"));
        app.Market.ClearCalls();

        await Done(Draft("2026-06-15", "2026-06-26", "FRNH"));

        app.Market.Calls.Should()
            .ContainSingle(call => Is(call, "/v2/aggs"))
            .Which.Path.Should()
            .StartWith("/v2/aggs/ticker/FRNH/range/1/day/2026-06-23/2026-06-26");
    }

    [Fact]
    public async Task Many_tickers_and_few_days_are_asked_session_by_session()
    {
        string[] tickers = ["AAPL", "MSFT", "NVDA", "GOOGL", "AMZN", "JPM"];
        var draft = Draft("2022-03-01", "2022-03-02", tickers);
        var plan = (await app.Api.Post("stocks/population?dryRun=true", draft)).Is(200);
        app.Market.ClearCalls();

        var job = await Done(draft);

        job.Text("status").Should().Be("succeeded", job.Body);
        app.Market.Calls.Count(call => Is(call, "/v2/aggs/grouped")).Should().Be(2);
        app.Market.Calls.Should().NotContain(call => Is(call, "/v2/aggs/ticker"));
        (plan.At("calls").GetInt32(), job.At("calls.planned").GetInt32()).Should().Be((app.Market.Calls.Count, app.Market.Calls.Count));
        foreach (var ticker in tickers)
            (await app.Api.Get($"stocks/{await app.StockId(ticker)}/prices?from=2022-03-01&to=2022-03-02"))
                .At("prices")
                .GetArrayLength()
                .Should()
                .Be(2);
    }

    [Fact]
    public async Task A_mixed_need_is_met_by_one_ticker_and_one_session()
    {
        // Everybody lacks 31 March 2021, XOM all of March.
        string[] others = ["ABQT", "BRMB", "CBHM"];
        await Done(Draft("2021-03-01", "2021-03-30", others));
        app.Market.ClearCalls();

        var job = await Done(Draft("2021-03-01", "2021-03-31", [.. others, "XOM"]));

        job.Text("status").Should().Be("succeeded", job.Body);
        app.Market.Calls.Where(call => Is(call, "/v2/aggs"))
            .Select(call => call.Path.Split('?')[0])
            .Should()
            .Equal("/v2/aggs/grouped/locale/us/market/stocks/2021-03-31", "/v2/aggs/ticker/XOM/range/1/day/2021-03-01/2021-03-30");
    }

    [Fact]
    public async Task A_ticker_that_nobody_knows_is_told_as_such_session_by_session_too()
    {
        var job = await Done(Draft("2022-03-08", "2022-03-09", "NOSUCH", "NEITHER", "JPM"));

        var items = await app.Api.All($"jobs/{job.Text("id")}/items");
        (items.Of("NOSUCH").Text("reason"), items.Of("NEITHER").Text("reason"), items.Of("JPM").Text("status"))
            .Should()
            .Be(("unknownSymbol", "unknownSymbol", "succeeded"));
    }

    [Fact]
    public async Task Jobs_that_want_the_same_at_the_same_time_ask_for_it_once()
    {
        app.Market.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 40 });
        app.Market.ClearCalls();
        var first = Draft("2020-02-03", "2020-05-29", "ELDF", "DNLN", "VLLM", "WHNC", "YRRW", "MRGT");
        var second = Draft("2020-02-03", "2020-05-29", "YRRW", "WHNC", "MRGT", "DNLN", "HRNP", "ELDF");

        var jobs = await Task.WhenAll(new[] { first, second, first }.Select(draft => app.Api.Post("stocks/population", draft)));
        var over = await Task.WhenAll(jobs.Select(job => app.Api.WaitForJob(job.Text("id")!)));

        app.Market.ClearFaults();
        over.Should().AllSatisfy(job => job.Text("status").Should().Be("succeeded", job.Body));
        app.Market.Calls.Where(call => Is(call, "/v2/aggs") || Is(call, "/v3"))
            .GroupBy(call => call.Path)
            .Should()
            .OnlyContain(same => same.Count() == 1)
            .And.HaveCount(7 * 2, "seven tickers, bars and listing of each");
        var asked = app
            .Market.Calls.Where(call => Is(call, "/stocks/v1"))
            .SelectMany(call => Tickers(call.Path).Select(ticker => (Path: call.Path.Split('?')[0], ticker)))
            .ToList();
        asked.Should().OnlyHaveUniqueItems().And.HaveCount(7 * 2, "splits and dividends of each ticker, once");
    }

    private static bool Is(ObservedCall call, string start) => call.Path.StartsWith(start, StringComparison.Ordinal);

    private static IEnumerable<string> Tickers(string path)
    {
        var any = Uri.UnescapeDataString(path).Split("ticker.any_of=")[1];
        return any.Split('&')[0].Split(',');
    }

    private async Task<Answer> Done(object draft) =>
        await app.Api.WaitForJob((await app.Api.Post("stocks/population", draft)).Is(202).Text("id")!);

    private static object Draft(string from, string to, params string[] tickers) =>
        new
        {
            from,
            to,
            tickers,
        };

    public sealed class App : TestApp;
}
