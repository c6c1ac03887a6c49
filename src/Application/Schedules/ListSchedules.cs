using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Schedules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Schedules;

/// <summary>The recurring work: when it fires next, and what came of it last.</summary>
public sealed record ListSchedules : IRequest<Page<ScheduleDetails>>;

/// <summary>Work that returns by the calendar.</summary>
/// <param name="Name">Which.</param>
/// <param name="Enabled">Whether it fires by itself; it can be run by hand in any case.</param>
/// <param name="Cron">When it fires: minute, hour, day, month, day of the week.</param>
/// <param name="TimeZone">The zone that the cron is read in.</param>
/// <param name="NextRunAt">When it fires next; null while the queue does not hold it.</param>
/// <param name="LastRun">Its last run; null before the first one.</param>
public sealed record ScheduleDetails(
    ScheduleName Name,
    bool Enabled,
    string Cron,
    string TimeZone,
    DateTimeOffset? NextRunAt,
    ScheduleRunDetails? LastRun
);

/// <summary>A run of a schedule.</summary>
/// <param name="BusinessDate">The day it ran for: the session of the prices, else the day in New York.</param>
/// <param name="StartedAt">When it ran.</param>
/// <param name="JobId">The job it started; null when there was nothing to do.</param>
public sealed record ScheduleRunDetails(DateOnly BusinessDate, DateTimeOffset StartedAt, Id<Job>? JobId);

internal sealed class ListSchedulesHandler(IDatabase database, ISchedules schedules) : IRequestHandler<ListSchedules, Page<ScheduleDetails>>
{
    public async Task<Page<ScheduleDetails>> Handle(ListSchedules request, CancellationToken cancellationToken)
    {
        var runs = await database
            .ScheduleRuns.AsNoTracking()
            .Where(run => run.BusinessDate == database.ScheduleRuns.Where(other => other.Name == run.Name).Max(other => other.BusinessDate))
            .ToDictionaryAsync(run => run.Name, cancellationToken);
        var next = schedules.NextRuns();
        var details = schedules.All.Select(setting => new ScheduleDetails(
            setting.Name,
            setting.Enabled,
            setting.Cron,
            setting.Zone.Id,
            next.TryGetValue(setting.Name, out var at) ? at : null,
            runs.TryGetValue(setting.Name, out var run) ? new ScheduleRunDetails(run.BusinessDate, run.StartedAt, run.JobId) : null
        ));
        return new Page<ScheduleDetails>([.. details], null);
    }
}
