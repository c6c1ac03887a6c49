using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Testing;
using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Schedules;

/// <summary>
/// The queue's own scheduler on a clock of the test: when it fires around New York's changes of time, which are on Sunday 2026-03-08
/// (02:00 becomes 03:00) and on Sunday 2026-11-01 (02:00 becomes 01:00). Instants are worked out by hand: UTC-5 in winter, UTC-4 in summer.
/// </summary>
public sealed class ScheduleTimesTests : IAsyncLifetime
{
    private readonly TestApp app = new App();
    private DateTime now;

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("30 17 * * 1-5", "2026-03-05T12:00Z", "03-05 22:30, 03-06 22:30, 03-09 21:30, 03-10 21:30")] // 17:30 each
    [InlineData("30 17 * * 1-5", "2026-10-29T12:00Z", "10-29 21:30, 10-30 21:30, 11-02 22:30, 11-03 22:30")]
    [InlineData("30 0 * * 2-6", "2026-03-06T12:00Z", "03-07 05:30, 03-10 04:30, 03-11 04:30")] // 00:30 each
    [InlineData("30 0 * * 2-6", "2026-10-30T12:00Z", "10-31 04:30, 11-03 05:30, 11-04 05:30")]
    [InlineData("30 2 * * *", "2026-03-07T00:00Z", "03-07 07:30, 03-08 07:00, 03-09 06:30")] // the hour that is left out: at its end
    [InlineData("30 1 * * *", "2026-10-31T00:00Z", "10-31 05:30, 11-01 05:30, 11-02 06:30")] // the hour that comes twice: once
    public async Task It_fires_once_a_day_at_the_hour_of_New_York(string cron, string from, string expected)
    {
        now = DateTime.Parse(from, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        var times = expected.Split(", ");
        var storage = app.Services.GetRequiredService<JobStorage>();
        var filters = app.Services.GetRequiredService<IJobFilterProvider>();
        var zones = new DefaultTimeZoneResolver();
        var setting = app.Services.GetRequiredService<ISchedules>().All[0];
        new RecurringJobManager(storage, filters, zones, () => now).AddOrUpdate(
            "probe",
            Job.FromExpression(() => Console.WriteLine("fired")),
            cron,
            new RecurringJobOptions { TimeZone = setting.Zone }
        );
        var scheduler = new RecurringJobScheduler(new BackgroundJobFactory(filters), TimeSpan.FromMilliseconds(20), zones, () => now);
        using var server = new BackgroundProcessingServer(storage, [scheduler]);

        var fired = new List<string>();
        foreach (var _ in times)
        {
            var next = app.Recurring("probe")!.NextExecution!.Value;
            fired.Add(next.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture));
            now = next;
            await RecurringList.Until(() => Task.FromResult(app.Recurring("probe")!.NextExecution > next), "it did not fire");
        }

        fired.Should().Equal(times);
        (await app.Count("hangfire.job")).Should().Be(times.Length);
    }

    private sealed class App() : TestApp(new TestAppOptions { Workers = 0 });
}
