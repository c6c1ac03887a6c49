using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

[Collection(MarketApp.Name)]
public sealed class PopulatePairsTests : IDisposable
{
    private readonly TestApp app;

    public PopulatePairsTests(TestApp app)
    {
        this.app = app;
        app.Market.ClearFaults();
        app.Market.ClearCalls();
    }

    public void Dispose() => app.Market.ClearFaults();

    [Fact]
    public async Task Pairs_and_stocks_come_in_one_job_and_rates_are_what_the_market_says()
    {
        var job = await app.Populate("2024-03-01", "2024-03-31", "KO", "C:EURUSD");

        job.Text("status").Should().Be("succeeded", "the job is {0}", job.Body);
        var items = await app.Api.All($"jobs/{job.Text("id")}/items");
        items.Texts("key").Should().Equal("KO", "C:EURUSD", "splits", "dividends");
        // March 2024 has 31 days, five of them Saturdays.
        items.Of("C:EURUSD").At("rowsStored").GetInt64().Should().Be(26);
        var rates = await app.Api.All("exchange-rates?base=EUR&quote=USD&from=2024-03-01&to=2024-03-31");
        using var http = new HttpClient { BaseAddress = app.Market.BaseAddress };
        using var response = await http.GetAsync("v2/aggs/ticker/C:EURUSD/range/1/day/2024-03-01/2024-03-31?apiKey=any");
        var told = (await Answer.Of(response, CancellationToken.None)).Is(200).At("results").EnumerateArray().ToList();
        rates.Select(rate => rate.Exact("rate")).Should().Equal(told.Select(bar => (decimal?)bar.At("c").GetDecimal()));
        rates
            .Texts("date")
            .Should()
            .Equal(told.Select(bar => $"{DateTimeOffset.FromUnixTimeMilliseconds(bar.At("t").GetInt64()):yyyy-MM-dd}"));
        rates.Texts("source").Should().AllBe("provider");
    }

    [Fact]
    public async Task A_pair_costs_one_call_and_is_no_stock()
    {
        await app.Populate("2024-03-01", "2024-03-31", "C:CADUSD");

        app.Market.Calls.Should().ContainSingle().Which.Path.Should().StartWith("/v2/aggs/ticker/C");
        (await app.Api.All("stocks?ticker=C:CADUSD")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_again_stores_nothing_new()
    {
        await app.Populate("2023-01-01", "2023-03-31", "C:GBPUSD");
        var again = await app.Populate("2023-01-01", "2023-03-31", "C:GBPUSD");

        again.Text("status").Should().Be("succeeded");
        (await Item(again, "C:GBPUSD")).Should().Be(("succeeded", null, 0, 0));
    }

    [Fact]
    public async Task A_bad_row_an_unknown_pair_and_what_is_none_never_sink_the_rest()
    {
        app.Market.Add(new Fault(FaultKind.GarbageRow) { Ticker = "C:USDJPY", Date = new DateOnly(2024, 3, 5) });
        app.Market.Add(
            new Fault(FaultKind.GarbageRow)
            {
                Ticker = "C:USDINR",
                Date = new DateOnly(2024, 3, 5),
                Garbage = GarbageKind.NegativePrice,
            }
        );
        app.Market.Add(new Fault(FaultKind.TooManyRequests) { Ticker = "C:USDSEK", Times = 2 });
        string[] none = ["C:EURTOP", "C:EUREUR", "C:GBXUSD", "C:eurusd", "C:EUR", "C:", "C:XAUUSD"];

        var job = await app.Populate("2024-03-01", "2024-03-31", ["C:USDJPY", "C:USDINR", "C:USDSEK", .. none]);

        job.Text("status").Should().Be("partiallySucceeded");
        (await Item(job, "C:USDJPY")).Should().Be(("partiallySucceeded", "rowsRejected", 25, 1));
        (await Item(job, "C:USDINR")).Should().Be(("partiallySucceeded", "rowsRejected", 25, 1));
        (await Item(job, "C:USDSEK")).Should().Be(("succeeded", null, 26, 0));
        foreach (var pair in none)
            (await Item(job, pair)).Should().Be(("failed", "unknownSymbol", 0, 0), pair);
        (await app.Api.All("exchange-rates?base=USD&quote=JPY&from=2024-03-01&to=2024-03-31"))
            .Texts("date")
            .Should()
            .NotContain("2024-03-05");
    }

    [Fact]
    public async Task A_known_pair_without_a_rate_in_the_range_has_no_data()
    {
        var job = await app.Populate("2024-03-02", "2024-03-02", "C:EURCHF"); // a Saturday

        (await Item(job, "C:EURCHF")).Should().Be(("partiallySucceeded", "noData", 0, 0));
    }

    [Fact]
    public async Task What_a_client_stored_is_replaced_where_the_market_says_otherwise()
    {
        await app.Store(("AUD", "SEK", "2024-03-04", "0.000001"), ("AUD", "SEK", "2024-03-09", "7"));

        await app.Populate("2024-03-01", "2024-03-31", "C:AUDSEK");

        var rates = await app.Api.All("exchange-rates?base=AUD&quote=SEK&from=2024-03-04&to=2024-03-09");
        rates.Single(rate => rate.Text("date") == "2024-03-04").Text("source").Should().Be("provider");
        rates.Single(rate => rate.Text("date") == "2024-03-09").Text("source").Should().Be("upload", "the market is closed on Saturdays");
    }

    private async Task<(string?, string?, long, int)> Item(Answer job, string key)
    {
        var item = (await app.Api.All($"jobs/{job.Text("id")}/items")).Of(key);
        return (item.Text("status"), item.Text("reason"), item.At("rowsStored").GetInt64(), item.At("rowsRejected").GetInt32());
    }
}
