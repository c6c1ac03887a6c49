using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>Twenty tickers with all kinds of fortunes, in a market that nothing is known of.</summary>
public sealed class TwentyTickersTests(TwentyTickersTests.App app) : IClassFixture<TwentyTickersTests.App>
{
    private const string Garbage = "BRMB";
    private const string Limited = "CBHM";
    private const string Flaky = "DNLN";
    private const string Unknown = "NOSUCH";

    private static readonly string[] Twenty =
    [
        "AAPL",
        "MSFT",
        "NVDA",
        "GOOGL",
        "AMZN",
        "KO",
        "JNJ",
        "JPM",
        "XOM",
        "TSLA",
        "ABQT",
        Garbage,
        Limited,
        Flaky,
        "ELDF",
        "FRNH",
        "GNTS",
        "HRTW",
        "INKP",
        Unknown,
    ];

    [Fact]
    public async Task One_bad_row_one_unknown_ticker_and_passing_refusals_never_sink_the_rest()
    {
        app.Market.Add(new Fault(FaultKind.GarbageRow) { Ticker = Garbage, Date = new DateOnly(2025, 3, 5) });
        app.Market.Add(new Fault(FaultKind.TooManyRequests) { Ticker = Limited, Times = 2 });
        app.Market.Add(new Fault(FaultKind.GatewayTimeout) { Ticker = Flaky, Times = 1 });

        var job = await app.Populate("2025-03-03", "2025-03-31", Twenty);

        job.Text("status").Should().Be("partiallySucceeded");
        job.At("counts").GetRawText().Should().Be("""{"succeeded":20,"partiallySucceeded":1,"failed":1,"pending":0}""");
        (job.At("progress.done").GetInt32(), job.At("progress.total").GetInt32()).Should().Be((22, 22));
        var items = await app.Api.All($"jobs/{job.Text("id")}/items", limit: 7);
        items.Texts("key").Should().Equal([.. Twenty, "splits", "dividends"]);
        await EveryItemHasItsOutcome(items);
        await EveryCallIsListed(job.Text("id")!);
    }

    private async Task EveryItemHasItsOutcome(List<JsonElement> items)
    {
        var sessions = (await app.Api.Get("calendars/us?from=2025-03-03&to=2025-03-31")).At("days").GetArrayLength();
        foreach (var item in items.Where(item => item.Text("key") is not (Garbage or Unknown or "splits" or "dividends")))
        {
            (item.Text("status"), item.Text("reason"), item.At("rowsRejected").GetInt32()).Should().Be(("succeeded", null, 0));
            item.At("rowsStored").GetInt64().Should().BeLessThanOrEqualTo(sessions);
            item.Text("finishedAt").Should().NotBeNull();
        }
        var unknown = items.Of(Unknown);
        (unknown.Text("status"), unknown.Text("reason")).Should().Be(("failed", "unknownSymbol"));
        var partly = items.Of(Garbage);
        (partly.Text("status"), partly.Text("reason")).Should().Be(("partiallySucceeded", "rowsRejected"));
        partly.At("rowsRejected").GetInt32().Should().Be(1);
        partly.Text("detail").Should().Contain("2025-03-05");
        var stored = await app.Api.Get($"stocks/{await app.StockId(Garbage)}/prices?from=2025-03-03&to=2025-03-31");
        stored.At("prices").EnumerateArray().Texts("date").Should().HaveCount(sessions - 1).And.NotContain("2025-03-05");
    }

    private async Task EveryCallIsListed(string job)
    {
        var calls = await app.Api.All($"jobs/{job}/calls", limit: 11);

        calls
            .Texts("path")
            .Select(path => Uri.UnescapeDataString(path!))
            .Should()
            .BeEquivalentTo(app.Market.Calls.Select(call => call.Path));
        calls.Where(call => call.Text("itemKey") == Limited).Count(call => call.Text("status") == "429").Should().Be(2);
        calls.Where(call => call.Text("itemKey") == Flaky).Count(call => call.Text("status") == "504").Should().Be(1);
        calls
            .Count(call => call.Text("status") == "200")
            .Should()
            .Be(20 + 19 + 1 + 2, "bars and listings of each, an empty list for the unknown one, a batch of splits and one of dividends");
        var ofOne = await app.Api.All($"jobs/{job}/calls?item={Unknown}");
        ofOne.Texts("itemKey").Should().NotBeEmpty().And.AllBe(Unknown);
    }

    public sealed class App : TestApp;
}
