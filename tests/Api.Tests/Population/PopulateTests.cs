using System.Text.Json;
using CleanPortfolio.Api.Tests.Limits;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Population;

[Collection(MarketApp.Name)]
public sealed class PopulateTests : IDisposable
{
    private readonly TestApp app;

    public PopulateTests(TestApp app)
    {
        this.app = app;
        app.Market.ClearFaults();
        app.Market.ClearCalls();
    }

    public void Dispose() => app.Market.ClearFaults();

    [Fact]
    public async Task What_is_stored_is_what_the_market_says()
    {
        (await app.Populate("2024-06-03", "2024-06-14", "NVDA", "KO")).Text("status").Should().Be("succeeded");
        var id = await app.StockId("NVDA");

        var prices = (await app.Api.Get($"stocks/{id}/prices?from=2024-06-03&to=2024-06-14")).Is(200);
        var told = await Market("v2/aggs/ticker/NVDA/range/1/day/2024-06-03/2024-06-14?adjusted=false");
        var actions = (await app.Api.Get($"stocks/{id}/actions?from=2024-06-03&to=2024-06-14")).Is(200);

        foreach (var (field, letter) in new[] { ("open", "o"), ("high", "h"), ("low", "l"), ("close", "c"), ("volume", "v") })
            prices
                .At("prices")
                .EnumerateArray()
                .Select(price => price.Exact(field))
                .Should()
                .Equal(told.At("results").EnumerateArray().Select(bar => (decimal?)bar.At(letter).GetDecimal()), field);
        prices.At("prices").EnumerateArray().Texts("date").First().Should().Be("2024-06-03");
        actions.Text("splits.0.executionDate").Should().Be("2024-06-10");
        (actions.Exact("splits.0.from"), actions.Exact("splits.0.to")).Should().Be((1m, 10m));
        (await app.Api.Get($"stocks/{id}")).Text("name").Should().Be("Nvidia Corp");
    }

    [Fact]
    public async Task A_service_that_is_never_idle_gets_its_market_too()
    {
        using var served = app.Services.GetRequiredService<RightOfWay>().Take();

        (await app.Populate("2022-04-01", "2022-05-31", "MRGT", "HRNP")).Text("status").Should().Be("succeeded");

        foreach (var ticker in new[] { "MRGT", "HRNP" })
            // Weekdays but for Good Friday, the 15th of April, and Memorial Day, the 30th of May.
            (await app.Api.Get($"stocks/{await app.StockId(ticker)}/prices?from=2022-04-01&to=2022-05-31"))
                .At("prices")
                .GetArrayLength()
                .Should()
                .Be(41);
    }

    [Fact]
    public async Task While_requests_go_first_the_next_ticker_is_not_asked_for_before_one_is_stored()
    {
        // Known by then, and so asked for bars only.
        await app.Populate("2021-03-01", "2021-03-01", "MRGT", "HRNP");
        app.Market.ClearCalls();
        using var served = app.Services.GetRequiredService<RightOfWay>().Take();
        // Let go of when this fails, too: others use the same market.
        await using var held = await Held.WritersOfPrices(app);
        var draft = new
        {
            from = "2021-03-01",
            to = "2021-03-31",
            tickers = new[] { "MRGT", "HRNP" },
        };
        var job = (await app.Api.Post("stocks/population", draft)).Is(202).Text("id")!;
        await held.Holds(1);
        await Task.Delay(500);

        BarsAsked().Should().Be(1);

        await held.DisposeAsync();
        (await app.Api.WaitForJob(job)).Text("status").Should().Be("succeeded");
        BarsAsked().Should().Be(2);

        int BarsAsked() => app.Market.Calls.Count(call => call.Path.StartsWith("/v2/aggs/ticker/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_again_stores_nothing_new()
    {
        var first = await app.Populate("2023-01-03", "2023-03-31", "MRGT", "HRNP");
        var again = await app.Populate("2023-01-03", "2023-03-31", "MRGT", "HRNP");

        (await Stored(first)).Should().BeGreaterThan(100);
        (await Stored(again)).Should().Be(0);
        again.Text("status").Should().Be("succeeded");
    }

    [Fact]
    public async Task Twice_at_once_stores_everything_once()
    {
        var draft = new
        {
            from = "2023-01-03",
            to = "2023-03-31",
            tickers = new[] { "VLLM", "WHNC", "YRRW" },
        };

        var jobs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.Api.Post("stocks/population", draft)));
        var over = await Task.WhenAll(jobs.Select(job => app.Api.WaitForJob(job.Text("id")!)));

        over.Should().AllSatisfy(job => job.Text("status").Should().Be("succeeded", "the job is {0}", job.Body));
        (await app.Api.All("stocks?ticker=VLLM")).Should().HaveCount(1);
        (await app.Api.Get($"stocks/{await app.StockId("VLLM")}/prices?from=2023-01-01&to=2023-03-31"))
            .At("prices")
            .GetArrayLength()
            .Should()
            .Be((await app.Api.Get("calendars/us?from=2023-01-03&to=2023-03-31")).At("days").GetArrayLength());
    }

    [Fact]
    public async Task A_provider_that_stays_away_fails_its_items_after_a_bounded_number_of_calls()
    {
        app.Market.Add(new Fault(FaultKind.GatewayTimeout) { Ticker = "ZPHW" });

        var job = await app.PopulateAnew("2026-03-02", "2026-03-03", "ZPHW");

        job.Text("status").Should().Be("failed");
        var item = (await app.Api.All($"jobs/{job.Text("id")}/items")).Of("ZPHW");
        (item.Text("status"), item.Text("reason")).Should().Be(("failed", "providerUnavailable"));
        app.Market.Calls.Count.Should().BeInRange(3 * 2, 3 * 8, "for the bars, the splits and the dividends");
    }

    [Fact]
    public async Task A_delisted_stock_is_found_and_known_as_such()
    {
        (await app.Populate("2021-06-28", "2021-07-06", "PLHM")).Text("status").Should().Be("succeeded");

        var stock = (await app.Api.All("stocks?ticker=PLHM")).Single();
        stock.At("active").GetBoolean().Should().BeFalse();
        stock.Text("delistedOn").Should().StartWith("2021-");
        (await app.Api.Get($"stocks/{stock.Text("id")}/prices?from=2021-06-01&to=2021-12-31")).At("prices").GetArrayLength().Should().Be(3);
    }

    [Fact]
    public async Task The_whole_market_of_some_days_comes_session_by_session()
    {
        var started = (await app.Api.Post("stocks/population", new { from = "2024-06-07", to = "2024-06-10" })).Is(202);

        var job = await app.Api.WaitForJob(started.Text("id")!);

        job.Text("status").Should().Be("succeeded", "the job is {0}", job.Body);
        var id = await app.StockId("NVDA");
        (await app.Api.Get($"stocks/{id}/prices?from=2024-06-07&to=2024-06-10")).At("prices").GetArrayLength().Should().Be(2);
        (await app.Api.Get($"stocks/{id}/actions")).At("splits").EnumerateArray().Texts("executionDate").Should().Contain("2024-06-10");
    }

    [Fact]
    public async Task A_rename_to_a_ticker_that_another_stock_still_bears_takes_it_over()
    {
        await app.Populate("2025-03-03", "2025-03-04", "GRYW");
        var renamed = await app.StockId("GRYW");
        var former = await TestStock.In(app, [("2025-03-03", 10m)]);
        await Sql($"update stocks set ticker = 'GRYWOLD' where id = '{renamed}'");
        await Sql($"update stocks set ticker = 'GRYW', figi = 'BBG-OTHER' where id = '{former.Id}'");
        await Sql($"update stock_symbols set ticker = 'GRYWOLD', folded = 'grywold' where stock_id = '{renamed}'");
        await Sql($"update stock_symbols set ticker = 'GRYW', folded = 'gryw' where stock_id = '{former.Id}'");

        (await app.PopulateAnew("2025-03-03", "2025-03-05", "GRYW")).Text("status").Should().Be("succeeded");

        (await app.StockId("GRYW")).Should().Be(renamed);
        (await app.Api.Get($"stocks/{former.Id}")).At("active").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task A_listing_that_the_database_refuses_fails_its_item_alone()
    {
        // Whether or not the stock is there already, what its listing says can't be stored.
        await Sql("update stocks set name = null where ticker = 'JKDW'");
        await Sql("alter table stocks add constraint none_of_this check (ticker <> 'JKDW' or name is null)");
        try
        {
            var job = await app.PopulateAnew("2025-03-03", "2025-03-04", "JKDW", "MRLG");

            job.Text("status").Should().Be("partiallySucceeded", "the job is {0}", job.Body);
            var items = await app.Api.All($"jobs/{job.Text("id")}/items");
            (items.Of("JKDW").Text("reason"), items.Of("MRLG").Text("status")).Should().Be(("notStorable", "succeeded"));
        }
        finally
        {
            await Sql("alter table stocks drop constraint none_of_this");
        }
    }

    private async Task Sql(string text)
    {
        await using var owner = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = owner.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> Stored(Answer job) =>
        (await app.Api.All($"jobs/{job.Text("id")}/items")).Sum(item => item.At("rowsStored").GetInt64());

    private async Task<JsonElement> Market(string path)
    {
        using var http = new HttpClient { BaseAddress = app.Market.BaseAddress };
        using var response = await http.GetAsync(new Uri($"{path}&apiKey=any", UriKind.Relative));
        return (await Answer.Of(response, CancellationToken.None)).Is(200).Json;
    }
}
