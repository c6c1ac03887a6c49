using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Schedules;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Schedules;

/// <summary>Runs schedules, each once per business date: who first writes the date's row runs it, together with the job.</summary>
internal sealed class ScheduleRunner(IDatabase database, ISchedules schedules, ScheduleWork work, TimeProvider clock)
{
    /// <summary>Code of the conflict that the slower of two runs of a date meets.</summary>
    public const string AlreadyRun = "schedule.alreadyRun";

    /// <summary>The run of the current business date, if there was one.</summary>
    public Task<ScheduleRun?> Find(ScheduleName name, CancellationToken cancellationToken)
    {
        var date = BusinessDate(name);
        return database
            .ScheduleRuns.AsNoTracking()
            .FirstOrDefaultAsync(run => run.Name == name && run.BusinessDate == date, cancellationToken);
    }

    /// <summary>The run of the current business date, made unless there is one.</summary>
    /// <param name="name">Which schedule.</param>
    /// <param name="evenForNothing">Whether a run that finds nothing to do counts too; null is answered when it does not.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ScheduleRun?> Run(ScheduleName name, bool evenForNothing, CancellationToken cancellationToken)
    {
        if (await Find(name, cancellationToken) is { } earlier)
            return earlier;
        var date = BusinessDate(name);
        try
        {
            return await work.Start(name, date, evenForNothing, cancellationToken);
        }
        catch (Conflict e) when (e.Code == AlreadyRun)
        {
            return await Find(name, cancellationToken);
        }
    }

    private DateOnly BusinessDate(ScheduleName name)
    {
        var now = clock.GetUtcNow();
        return name is ScheduleName.DailyPrices or ScheduleName.Corrections
            ? schedules.Release.LastSession(now)
            : UsMarketCalendar.DateOf(now);
    }
}
