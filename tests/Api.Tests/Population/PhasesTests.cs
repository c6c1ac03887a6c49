using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>What comes later in a job builds on what came before.</summary>
/// <remarks>An app of its own: it counts all calls.</remarks>
public sealed class PhasesTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] Tickers = ["AAPL", "MSFT", "NVDA", "KO", "JNJ", "JPM", "XOM", "TSLA", "ABQT", "BRMB", "ELDF", "GNTS"];

    [Fact]
    public async Task After_a_crawl_nobody_asks_for_single_listings()
    {
        At(new DateOnly(2026, 1, 6));
        var universe = (await app.Api.Post("stocks/universe")).Is(202).Text("id")!;
        (await app.Api.WaitForJob(universe)).Text("status").Should().Be("succeeded");
        // The list has grown old, but how long it is, is known: to read it again costs less than twelve listings.
        At(new DateOnly(2026, 3, 10));
        var draft = new
        {
            from = "2026-01-05",
            to = "2026-03-06",
            tickers = Tickers,
        };
        var plan = (await app.Api.Post("stocks/population?dryRun=true", draft)).Is(200).At("calls").GetInt32();
        app.Market.ClearCalls();

        var job = await app.Api.WaitForJob((await app.Api.Post("stocks/population", draft)).Is(202).Text("id")!);

        job.Text("status").Should().Be("succeeded");
        (await app.Api.All($"jobs/{job.Text("id")}/items")).Texts("key").Should().Contain("listings");
        app.Market.Calls.Select(call => call.Path)
            .Where(path => Array.Exists(Tickers, ticker => path.EndsWith($"/tickers/{ticker}", StringComparison.Ordinal)))
            .Should()
            .BeEmpty();
        app.Market.Calls.Should().HaveCount(plan);
    }

    private void At(DateOnly day)
    {
        app.Clock.Set(day);
        app.Market.Now = TestClock.NoonOf(day);
    }
}
