using CleanPortfolio.Api.Tests.MarketData;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Schedules;

/// <summary>A schedule that is switched off can be run by hand. Each test has a database of its own: a run is one per date.</summary>
public sealed class RunScheduleTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task It_starts_a_job_and_a_second_run_of_the_date_answers_the_same_one()
    {
        var job = (await app.Api.Post("schedules/universe/run")).Is(202);
        var again = (await app.Api.Post("schedules/universe/run")).Is(202);

        job.Location.Should().Be($"/api/v1/jobs/{job.Text("id")}");
        again.Text("id").Should().Be(job.Text("id"));
        (await app.Api.WaitForJob(job.Text("id")!)).Text("status").Should().Be("succeeded");
        (await app.Count("stocks")).Should().BeGreaterThan(10);
        var last = (await app.Api.Get("schedules")).At("items.3.lastRun");
        (last.Text("businessDate"), last.Text("jobId")).Should().Be(("2026-06-30", job.Text("id")));
    }

    [Fact]
    public async Task Run_ten_times_at_once_it_starts_one_job()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Api.Post("schedules/actions/run")));

        answers.Select(answer => answer.Is(202).Text("id")).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        ((await app.Count("jobs")), (await app.Count("schedule_runs"))).Should().Be((1, 1));
    }

    [Fact]
    public async Task Daily_prices_cover_every_session_since_the_last_stored_one()
    {
        // Tuesday noon, and by default the plan is the free one: Monday is the last session that is out.
        var first = await Run("dailyPrices");
        (await Items(first)).Should().Equal("2026-06-29");
        (await app.Api.WaitForJob(first)).Text("status").Should().Be("succeeded");
        await app.Asked("2026-06-29", "2026-06-29", "2026-06-29", kind: FetchKind.Session);

        // A week later; 3 July is a holiday.
        Set(new DateOnly(2026, 7, 7));
        var second = await Run("dailyPrices");

        (await Items(second)).Should().Equal("2026-07-06", "2026-07-02", "2026-07-01", "2026-06-30");
        (await app.Api.WaitForJob(second)).Text("status").Should().Be("succeeded");
    }

    [Fact]
    public async Task Daily_prices_on_a_weekend_are_those_of_Friday_and_once()
    {
        Set(new DateOnly(2026, 6, 27));
        var saturday = await Run("dailyPrices");
        Set(new DateOnly(2026, 6, 28));
        var sunday = await Run("dailyPrices");

        (await Items(saturday)).Should().Equal("2026-06-26");
        sunday.Should().Be(saturday);
    }

    [Fact]
    public async Task Corrections_fetch_the_last_five_sessions_again()
    {
        Set(new DateOnly(2026, 7, 7));

        var job = await Run("corrections");

        (await Items(job)).Should().Equal("2026-07-06", "2026-07-02", "2026-07-01", "2026-06-30", "2026-06-29");
    }

    [Fact]
    public async Task Actions_reach_from_the_past_into_the_future()
    {
        await app.Api.WaitForJob(await Run("universe")); // actions are kept of known stocks only

        var job = (await app.Api.Post("schedules/actions/run")).Is(202);

        (await Items(job.Text("id")!)).Should().Equal("splits", "dividends");
        (job.Text("from"), job.Text("to")).Should().Be(("2026-05-01", "2026-09-28")); // 60 days before and 90 after 30 June
        (await app.Api.WaitForJob(job.Text("id")!)).Text("status").Should().Be("succeeded");
    }

    [Fact]
    public async Task With_nothing_to_do_nothing_is_written()
    {
        (await app.Api.Post("schedules/gapRepair/run")).IsProblem(422, "schedule.nothingToDo");
        (await app.Count("schedule_runs")).Should().Be(0);
    }

    [Fact]
    public async Task An_unknown_schedule_is_not_found()
    {
        (await app.Api.Post("schedules/weekly/run")).IsProblem(404, "schedule.notFound");
        (await app.Api.Post("schedules/DailyPrices/run")).IsProblem(404, "schedule.notFound");
    }

    private void Set(DateOnly today)
    {
        app.Clock.Set(today);
        app.Market.Now = TestClock.NoonOf(today);
    }

    private async Task<string> Run(string name) => (await app.Api.Post($"schedules/{name}/run")).Is(202).Text("id")!;

    private async Task<IEnumerable<string?>> Items(string job) => (await app.Api.All($"jobs/{job}/items")).Texts("key");
}
