using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Schedules;

/// <summary>Runs a schedule now, switched on or not, for the current business date; the job of the date when it ran already.</summary>
public sealed record RunSchedule(string Name) : IRequest<JobDetails>;

internal sealed class RunScheduleHandler(IDatabase database, ISchedules schedules, ScheduleRunner runner, JobReports reports)
    : IRequestHandler<RunSchedule, JobDetails>
{
    public async Task<JobDetails> Handle(RunSchedule request, CancellationToken cancellationToken)
    {
        var setting = NotFound.Unless(schedules.All.FirstOrDefault(one => one.Text == request.Name), "schedule", request.Name);
        var run = await runner.Run(setting.Name, evenForNothing: false, cancellationToken);
        if (run?.JobId is not { } jobId)
            throw new RuleBroken("schedule.nothingToDo", $"{setting.Text} has nothing to fetch now.");
        var job = await database.Jobs.AsNoTracking().FirstAsync(job => job.Id == jobId, cancellationToken);
        return await reports.Of(job, cancellationToken);
    }
}
