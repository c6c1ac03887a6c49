using CleanPortfolio.Application;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using CleanPortfolio.WebApi.Access;
using MediatR;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class JobRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("", Requests.Get<ListJobs, Page<JobDetails>>()).Named<ListJobs>(Allow.OperateMarket, 400);
        jobs.MapGet("/{jobId}", Requests.Get<GetJob, JobDetails>()).Named<GetJob>(Allow.OperateMarket, 400, 404);
        jobs.MapGet("/{jobId}/items", Requests.Get<ListJobItems, Page<JobItemDetails>>())
            .Named<ListJobItems>(Allow.OperateMarket, 400, 404);
        jobs.MapGet("/{jobId}/calls", Requests.Get<ListJobCalls, Page<JobCallDetails>>())
            .Named<ListJobCalls>(Allow.OperateMarket, 400, 404);
        jobs.MapPost("/{jobId}/cancel", Requests.Start<CancelJob, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<CancelJob>(Allow.OperateMarket, 400, 404, 409, 422);
        jobs.MapPost("/{jobId}/retry", Requests.Start<RetryJob, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<RetryJob>(Allow.OperateMarket, 400, 404, 409, 422);
    }

    /// <summary>
    /// 202 with the job that was started; with <c>dryRun=true</c> 200 with what it would do, for people who try. Programs have a route of the
    /// plan's own, whose answer is of one type.
    /// </summary>
    public static Delegate StartOrPlan<TStart, TPlan>(Func<TStart, TPlan> plan)
        where TStart : IRequest<JobDetails>
        where TPlan : IRequest<PopulationPlan> =>
        [Idempotent]
        async Task<IResult> ([AsParameters] TStart request, bool? dryRun, IMediator mediator, CancellationToken cancellationToken) =>
        {
            if (dryRun is true)
                return TypedResults.Ok(await mediator.Send(plan(request), cancellationToken));
            var job = await mediator.Send(request, cancellationToken);
            return TypedResults.Accepted($"{Routes.Root}/jobs/{job.Id}", job);
        };
}
