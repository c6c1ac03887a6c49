using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Idempotency;

[Collection(IdleApp.Name)]
public sealed class StartedOnceTests(IdleApp.App app)
{
    [Theory]
    [InlineData("stocks/population", """{"tickers":["AAPL"],"from":"2026-03-02"}""")]
    [InlineData("stocks/universe", null)]
    public async Task A_job_is_started_and_queued_once(string path, string? body)
    {
        var key = Keys.New();

        var first = (await app.PostOnce(key, path, body)).Is(202);
        (await app.PostOnce(key, path, body)).IsReplayOf(first);

        (await app.Count($"select count(*) from hangfire.job where arguments::text like '%{first.Text("id")}%'")).Should().Be(1);
        var other = (await app.PostOnce(Keys.New(), path, body)).Is(202);
        other.Text("id").Should().NotBe(first.Text("id"));
    }

    [Fact]
    public async Task A_job_is_cancelled_and_retried_once()
    {
        var (cancel, retry) = (Keys.New(), Keys.New());
        var job = (await app.Api.Post("stocks/universe")).Is(202).Text("id");
        var cancelled = (await app.PostOnce(cancel, $"jobs/{job}/cancel")).Is(202);
        (await app.PostOnce(cancel, $"jobs/{job}/cancel")).IsReplayOf(cancelled);
        (await app.Api.Post($"jobs/{job}/cancel")).IsProblem(422, "job.over");

        var retried = (await app.PostOnce(retry, $"jobs/{job}/retry")).Is(202);
        (await app.PostOnce(retry, $"jobs/{job}/retry")).IsReplayOf(retried);
        (await app.Api.Post($"jobs/{job}/retry")).IsProblem(422, "job.notOver");
    }

    [Fact]
    public async Task Two_runs_of_a_schedule_at_once_give_one_job_whatever_their_keys()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.PostOnce(Keys.New(), "schedules/actions/run")));

        runs.Should().OnlyContain(run => run.Status == 202);
        runs.Select(run => run.Text("id")).Distinct().Should().ContainSingle();
    }
}
