using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Jobs;

[Collection(MarketApp.Name)]
public sealed class GetJobTests(TestApp app)
{
    [Fact]
    public async Task A_job_tells_when_it_began_how_far_it_is_and_when_it_was_over()
    {
        var job = await app.PopulateAnew("2026-03-02", "2026-03-03", "KO", "JNJ");

        job.Text("status").Should().Be("succeeded");
        (job.Text("startedAt"), job.Text("finishedAt")).Should().NotBe((null, null));
        string.CompareOrdinal(job.Text("createdAt"), job.Text("startedAt")).Should().BeNegative();
        string.CompareOrdinal(job.Text("startedAt"), job.Text("finishedAt")).Should().BeNegative();
        job.Text("eta").Should().BeNull();
        job.Text("resumesAt").Should().BeNull();
    }

    [Fact]
    public async Task While_it_waits_for_the_rate_limit_it_says_so_and_when_it_goes_on()
    {
        app.Market.ClearFaults();
        app.Market.Add(
            new Fault(FaultKind.TooManyRequests)
            {
                Ticker = "JKDW",
                Times = 1,
                RetryAfterSeconds = 2,
            }
        );
        var started = await app.Api.Post(
            "stocks/population",
            new
            {
                from = "2026-03-02",
                to = "2026-03-03",
                tickers = new[] { "JKDW" },
                refresh = true,
            }
        );

        var seen = await app.Until(started.Text("id")!, job => job.Text("status") == "waitingForRateLimit");
        var over = await app.Api.WaitForJob(started.Text("id")!);

        seen.Text("resumesAt").Should().NotBeNull();
        seen.Text("finishedAt").Should().BeNull();
        over.Text("status").Should().Be("succeeded");
        over.Text("resumesAt").Should().BeNull();
    }

    [Fact]
    public async Task An_unknown_job_is_not_found()
    {
        (await app.Api.Get($"jobs/{Guid.NewGuid()}")).IsProblem(404, "job.notFound");
        (await app.Api.Get("jobs/1")).IsInvalid("jobId");
    }
}
