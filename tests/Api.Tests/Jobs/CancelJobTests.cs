using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Jobs;

[Collection(MarketApp.Name)]
public sealed class CancelJobTests(TestApp app)
{
    [Fact]
    public async Task A_running_job_stops_after_the_item_in_hand_and_keeps_what_is_done()
    {
        app.Market.ClearFaults();
        app.Market.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 150 });
        var tickers = new[] { "AAPL", "MSFT", "GOOGL", "AMZN", "KO", "JNJ", "JPM", "XOM" };
        var id = (
            await app.Api.Post(
                "stocks/population",
                new
                {
                    from = "2026-03-02",
                    to = "2026-03-03",
                    tickers,
                    refresh = true,
                }
            )
        ).Text("id")!;
        await app.Until(id, job => job.At("progress.done").GetInt32() > 0);

        var asked = (await app.Api.Post($"jobs/{id}/cancel")).Is(202);
        app.Market.ClearFaults();
        var over = await app.Api.WaitForJob(id);

        asked.Location.Should().Be($"/api/v1/jobs/{id}");
        asked.At("cancelRequested").GetBoolean().Should().BeTrue();
        over.Text("status").Should().Be("cancelled");
        over.At("counts.succeeded").GetInt32().Should().BeGreaterThan(0);
        over.At("counts.pending").GetInt32().Should().BeGreaterThan(0);
        (await app.Api.Post($"jobs/{id}/cancel")).IsProblem(422, "job.over");
    }

    [Fact]
    public async Task What_is_over_or_unknown_cannot_be_cancelled()
    {
        var job = (await app.Populate("2026-03-02", "2026-03-03", "KO")).Text("id");

        (await app.Api.Post($"jobs/{job}/cancel")).IsProblem(422, "job.over");
        (await app.Api.Post($"jobs/{Guid.NewGuid()}/cancel")).IsProblem(404, "job.notFound");
    }
}

[Collection(IdleApp.Name)]
public sealed class CancelQueuedJobTests(IdleApp.App app)
{
    [Fact]
    public async Task A_job_that_has_not_begun_is_over_at_once()
    {
        var job = (await app.Api.Post($"jobs/{await app.QueuedJob()}/cancel")).Is(202);

        job.Text("status").Should().Be("cancelled");
        job.Text("finishedAt").Should().NotBeNull();
        job.At("counts.pending").GetInt32().Should().Be(3);
    }
}
