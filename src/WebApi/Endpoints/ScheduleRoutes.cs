using CleanPortfolio.Application;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Schedules;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class ScheduleRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("", Requests.Get<ListSchedules, Page<ScheduleDetails>>()).Named<ListSchedules>(Allow.OperateMarket);
        schedules
            .MapPost("/{name}/run", Requests.Start<RunSchedule, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<RunSchedule>(Allow.OperateMarket, 404, 422);
    }
}
