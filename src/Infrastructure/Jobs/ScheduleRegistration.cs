using CleanPortfolio.Application.Ports;
using CleanPortfolio.Application.Schedules;
using Hangfire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Infrastructure.Jobs;

/// <summary>
/// Puts the schedules into the queue at the start of every server, and takes those out that are switched off. What is there already stays
/// as it is, so that a firing missed while no server ran is made up for.
/// </summary>
internal sealed class ScheduleRegistration(ISchedules schedules, IRecurringJobManager queue, ILogger<ScheduleRegistration> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A cron that can't be read ends the program; everything else passes.
        // Not on the start's own thread: a database that is away must not hold up the start.
        await Task.Yield();
        while (!TryRegister())
            await Task.Delay(Pause, stoppingToken);
    }

    private bool TryRegister()
    {
        try
        {
            foreach (var schedule in schedules.All)
                Register(schedule);
            return true;
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            logger.LogWarning(e, "The schedules can't be registered yet");
            return false;
        }
    }

    private void Register(ScheduleSetting schedule)
    {
        if (schedule.Enabled)
            queue.AddOrUpdate<CommandJob>(
                schedule.Text,
                job => job.Run(new RunDueSchedule(schedule.Text), CancellationToken.None),
                schedule.Cron,
                new RecurringJobOptions { TimeZone = schedule.Zone, MisfireHandling = MisfireHandlingMode.Relaxed }
            );
        else
            queue.RemoveIfExists(schedule.Text);
    }
}
