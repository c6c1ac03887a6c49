using CleanPortfolio.Application.Ports;
using MediatR;

namespace CleanPortfolio.Application.Schedules;

/// <summary>
/// A schedule fired. Its first firing of a business date starts a job; a later one only queues again what the provider did not give yet.
/// </summary>
/// <param name="Name">As clients write it; work of a schedule that is known no more is passed over.</param>
public sealed record RunDueSchedule(string Name) : IRequest
{
    /// <summary>Its name on the dashboard.</summary>
    public override string ToString() => $"Run schedule {Name}";
}

internal sealed class RunDueScheduleHandler(ISchedules schedules, ScheduleRunner runner, ScheduleRetry retry)
    : IRequestHandler<RunDueSchedule, Unit>
{
    public async Task<Unit> Handle(RunDueSchedule request, CancellationToken cancellationToken)
    {
        if (schedules.All.FirstOrDefault(one => one.Text == request.Name) is not { Enabled: true } setting)
            return Unit.Value;
        if (await runner.Find(setting.Name, cancellationToken) is { } earlier)
            await retry.WhatIsOutNow(earlier, cancellationToken);
        else
            await runner.Run(setting.Name, evenForNothing: true, cancellationToken);
        return Unit.Value;
    }
}
