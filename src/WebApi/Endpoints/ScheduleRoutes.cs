using CleanPortfolio.Application;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Schedules;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class ScheduleRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("", Requests.Get<ListSchedules, Page<ScheduleDetails>>()).Named<ListSchedules>();
        schedules
            .MapPost("/{name}/run", Requests.Start<RunSchedule, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<RunSchedule>(404, 422);
    }
}
