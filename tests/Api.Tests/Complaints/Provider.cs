using System.Globalization;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: the provider is stormed, nobody knows how long it takes, failures look like success. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(MarketApp.Name)]
public sealed class Provider : IDisposable
{
    private readonly TestApp app;

    public Provider(TestApp app)
    {
        this.app = app;
        app.Market.ClearFaults();
    }

    public void Dispose() => app.Market.ClearFaults();

    [Fact]
    public async Task Provider_429_storms_without_an_ETA()
    {
        app.Market.Add(
            new Fault(FaultKind.TooManyRequests)
            {
                Ticker = "LPWS",
                Times = 2,
                RetryAfterSeconds = 1,
            }
        );
        var draft = new
        {
            from = "2025-03-03",
            to = "2025-03-04",
            tickers = new[] { "EIDR", "LPWS", "BTTN" },
        };
        var id = (await app.Api.Post("stocks/population", draft)).Is(202).Text("id")!;

        var waiting = await app.Until(id, job => job.Text("status") == "waitingForRateLimit" && job.Text("eta") is not null);
        var over = await app.Api.WaitForJob(id);

        string.CompareOrdinal(waiting.Text("eta"), waiting.Text("resumesAt")).Should().BePositive("two items are left then");
        over.Text("status").Should().Be("succeeded");
        var calls = await app.Api.All($"jobs/{id}/calls?item=LPWS");
        calls.Count(call => call.Text("status") == "429").Should().Be(2);
        for (var i = 1; i < calls.Count; i++)
            if (calls[i - 1].Text("status") == "429")
                (At(calls[i].Text("at")!) - At(calls[i - 1].Text("at")!)).Should().BeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Thirty_refusals_for_the_rate_limit_delay_a_job_and_do_not_fail_it()
    {
        app.Market.Add(new Fault(FaultKind.TooManyRequests) { Ticker = "EIDR", Times = 30 });

        var job = await app.Populate("2025-04-01", "2025-04-04", "EIDR");

        job.Text("status").Should().Be("succeeded");
        (await app.Api.All($"jobs/{job.Text("id")}/calls")).Count(call => call.Text("status") == "429").Should().Be(30);
    }

    [Fact]
    public async Task A_stock_that_is_not_there_is_populated_with_success()
    {
        var job = await app.Populate("2025-03-03", "2025-03-04", "EIDR", "NOSUCH");

        job.Text("status").Should().Be("partiallySucceeded");
        var item = (await app.Api.All($"jobs/{job.Text("id")}/items")).Of("NOSUCH");
        (item.Text("status"), item.Text("reason")).Should().Be(("failed", "unknownSymbol"));
    }

    [Fact]
    public async Task An_API_without_a_contract()
    {
        var contract = (await app.Api.Get("/openapi.json")).Is(200);
        var mistyped = await app.Api.Post($"portfolios/{await app.Portfolio()}/transactions", """{"kind":"deposit","dat":"2026-01-05"}""");

        contract.At("paths").EnumerateObject().Select(path => path.Name).Should().Contain("/api/v1/portfolios/{portfolioId}/transactions");
        mistyped.IsInvalid("dat");
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
