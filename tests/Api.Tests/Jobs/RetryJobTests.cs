using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Jobs;

[Collection(MarketApp.Name)]
public sealed class RetryJobTests(TestApp app)
{
    [Fact]
    public async Task Only_what_did_not_wholly_succeed_is_tried_again()
    {
        app.Market.ClearFaults();
        app.Market.Add(new Fault(FaultKind.GatewayTimeout) { Ticker = "LPWS" });
        app.Market.Add(new Fault(FaultKind.GarbageRow) { Ticker = "KSTR", Date = new DateOnly(2026, 3, 3) });
        var first = await app.PopulateAnew("2026-03-02", "2026-03-04", "KO", "LPWS", "KSTR");
        first.Text("status").Should().Be("partiallySucceeded");
        app.Market.ClearFaults();
        app.Market.ClearCalls();

        var again = (await app.Api.Post($"jobs/{first.Text("id")}/retry")).Is(202);
        var over = await app.Api.WaitForJob(first.Text("id")!);

        again.Text("status").Should().Be("queued");
        again.At("counts.pending").GetInt32().Should().Be(4, "LPWS is in the batches of splits and dividends too");
        over.Text("status").Should().Be("succeeded");
        app.Market.Calls.Should().NotContain(call => call.Path.Contains("/KO", StringComparison.Ordinal));
        (await app.Api.Get($"stocks/{await app.StockId("KSTR")}/prices?from=2026-03-02&to=2026-03-04"))
            .At("prices")
            .GetArrayLength()
            .Should()
            .Be(3);
    }

    [Fact]
    public async Task An_unknown_job_is_not_found() => (await app.Api.Post($"jobs/{Guid.NewGuid()}/retry")).IsProblem(404, "job.notFound");
}

[Collection(IdleApp.Name)]
public sealed class RetryQueuedJobTests(IdleApp.App app)
{
    [Fact]
    public async Task What_is_not_over_cannot_be_retried_and_what_was_cancelled_can()
    {
        var job = await app.QueuedJob();

        (await app.Api.Post($"jobs/{job}/retry")).IsProblem(422, "job.notOver");
        (await app.Api.Post($"jobs/{job}/cancel")).Is(202);
        var again = (await app.Api.Post($"jobs/{job}/retry")).Is(202);

        again.Text("status").Should().Be("queued");
        again.At("cancelRequested").GetBoolean().Should().BeFalse();
        again.Text("finishedAt").Should().BeNull();
    }
}
