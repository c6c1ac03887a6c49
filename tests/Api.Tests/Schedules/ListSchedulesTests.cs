using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Schedules;

public sealed class ListSchedulesTests
{
    [Fact]
    public async Task On_the_free_plan_all_are_off_and_each_can_be_switched_on()
    {
        var settings = RecurringList.On("Universe");
        settings["Schedules:Universe:Cron"] = "10 6 * * 1";
        await using var app = await Started(settings);
        await RecurringList.Until(() => Task.FromResult(app.Recurring().Count > 0), "nothing was registered");

        var items = (await app.Api.Get("schedules")).Is(200).At("items").EnumerateArray().ToList();

        items.Texts("name").Should().Equal("dailyPrices", "corrections", "actions", "universe", "gapRepair");
        items.Where(item => item.At("enabled").GetBoolean()).Texts("name").Should().Equal("universe");
        items.Texts("timeZone").Should().AllBe("America/New_York");
        items[3].Text("cron").Should().Be("10 6 * * 1");
        items[3].Text("nextRunAt").Should().NotBeNull();
        items[0].Text("nextRunAt").Should().BeNull();
        items[3].Text("lastRun").Should().BeNull();
        app.Recurring().Select(job => (job.Id, job.Cron, job.TimeZoneId)).Should().Equal(("universe", "10 6 * * 1", "America/New_York"));
    }

    [Fact]
    public async Task On_a_paid_plan_all_are_on_and_what_a_later_start_switches_off_is_removed()
    {
        await using var first = await Started(new(StringComparer.Ordinal) { ["Polygon:Plan"] = "Starter" });
        await RecurringList.Until(() => Task.FromResult(first.Recurring().Count == 5), "not all were registered");
        first.Recurring("dailyPrices")!.Cron.Should().Be("30 17,20,23 * * 1-5");

        await using var second = await TestApp.Start(
            new TestAppOptions
            {
                On = first,
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Polygon:Plan"] = "Starter",
                    ["Schedules:Corrections:Enabled"] = "false",
                },
            }
        );
        await RecurringList.Until(() => Task.FromResult(first.Recurring().Count == 4), "the one switched off is still there");

        first.Recurring().Select(job => job.Id).Should().BeEquivalentTo("dailyPrices", "actions", "universe", "gapRepair");
    }

    [Fact]
    public async Task A_firing_missed_while_no_server_ran_is_not_forgotten_by_the_next_start()
    {
        await using var first = await Started(RecurringList.On("Universe"), workers: 0);
        await using (var server = await TestApp.Start(new TestAppOptions { On = first, Settings = RecurringList.On("Universe") }))
            await RecurringList.Until(() => Task.FromResult(first.Recurring("universe") is not null), "nothing was registered");
        first.MakeDue("universe");

        await using var next = await TestApp.Start(new TestAppOptions { On = first, Settings = RecurringList.On("Universe") });

        await RecurringList.Until(async () => await first.Count("schedule_runs") == 1, "the missed firing was not made up for");
        first.Recurring("universe")!.NextExecution.Should().BeAfter(DateTime.UtcNow);
    }

    private static Task<TestApp> Started(Dictionary<string, string> settings, int workers = 2) =>
        TestApp.Start(new TestAppOptions { Workers = workers, Settings = settings });
}
