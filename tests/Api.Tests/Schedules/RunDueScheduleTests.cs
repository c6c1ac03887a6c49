using CleanPortfolio.Application.Schedules;
using CleanPortfolio.Infrastructure.Jobs;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Schedules;

public sealed class RunDueScheduleTests
{
    [Fact]
    public async Task Two_servers_on_one_database_run_a_due_schedule_once()
    {
        await using var one = await TestApp.Start(new TestAppOptions { Settings = RecurringList.On("Universe") });
        await using var two = await TestApp.Start(new TestAppOptions { On = one, Settings = RecurringList.On("Universe") });
        await RecurringList.Until(() => Task.FromResult(one.Recurring("universe") is not null), "nothing was registered");
        await RecurringList.Until(async () => await one.Count("hangfire.server") == 2, "there are no two servers");

        one.MakeDue("universe");
        await RecurringList.Until(async () => await one.Count("schedule_runs") == 1, "it did not run");
        // Both fire once more, at the same time: a double firing.
        await Task.WhenAll(new[] { one, two }.Select(app => Task.Run(() => Manager(app).Trigger("universe"))));
        await AllDone(one);

        ((await one.Count("schedule_runs")), (await one.Count("jobs"))).Should().Be((1, 1));
        (await one.Count("hangfire.job where statename = 'Succeeded' and arguments::text like '%universe%'")).Should().Be(3);
    }

    [Fact]
    public async Task What_was_not_out_yet_is_fetched_by_a_later_firing_of_the_date()
    {
        // It is told to come in the evening, but the key gets it after midnight only.
        var settings = RecurringList.On("DailyPrices");
        settings["Polygon:Plan"] = "Starter";
        await using var app = await TestApp.Start(new TestAppOptions { Settings = settings });
        var evening = new DateTimeOffset(2026, 6, 30, 21, 30, 0, TimeSpan.Zero);
        app.Clock.Set(evening);
        app.Market.Now = evening;
        app.Market.Add(new Fault(FaultKind.BeforeEndOfDay) { Path = "/grouped/" });
        await Fire(app, "dailyPrices");
        await AllDone(app);
        var job = (await app.Api.Get("jobs")).At("items.0");
        (job.Text("status"), job.Text("counts.failed")).Should().Be(("failed", "1"));
        var item = (await app.Api.All($"jobs/{job.Text("id")}/items")).Should().ContainSingle().Subject;
        (item.Text("key"), item.Text("reason")).Should().Be(("2026-06-30", "notYetAvailable"));

        app.Market.ClearFaults();
        app.Clock.Set(evening.AddHours(3));
        await Fire(app, "dailyPrices");
        await AllDone(app);

        (await app.Api.WaitForJob(job.Text("id")!)).Text("status").Should().Be("succeeded");
        ((await app.Count("jobs")), (await app.Count("schedule_runs"))).Should().Be((1, 1));
        await Fire(app, "dailyPrices");
        await AllDone(app);
        (await app.Count("hangfire.job where invocationdata::text like '%Populate%'")).Should().Be(2);
    }

    [Fact]
    public async Task What_is_switched_off_or_unknown_does_nothing_when_it_still_fires()
    {
        await using var app = await TestApp.Start(new TestAppOptions());

        await Fire(app, "universe");
        await Fire(app, "weekly");
        await AllDone(app);

        ((await app.Count("schedule_runs")), (await app.Count("jobs"))).Should().Be((0, 0));
    }

    [Fact]
    public async Task A_run_with_nothing_to_do_is_noted()
    {
        await using var app = await TestApp.Start(new TestAppOptions { Settings = RecurringList.On("GapRepair") });

        await Fire(app, "gapRepair");
        await AllDone(app);

        var run = (await app.Api.Get("schedules")).At("items.4.lastRun");
        (run.Text("businessDate"), run.Text("jobId")).Should().Be(("2026-06-30", null));
    }

    private static IRecurringJobManager Manager(TestApp app) => app.Services.GetRequiredService<IRecurringJobManager>();

    private static Task Fire(TestApp app, string name)
    {
        var queue = app.Services.GetRequiredService<IBackgroundJobClient>();
        queue.Enqueue<CommandJob>(job => job.Run(new RunDueSchedule(name), CancellationToken.None));
        return Task.CompletedTask;
    }

    private static Task AllDone(TestApp app) =>
        RecurringList.Until(
            async () =>
                await app.Count("hangfire.job where statename <> 'Succeeded'") == 0
                && await app.Count("jobs where finished_at is null") == 0,
            "work is left in the queue"
        );
}
