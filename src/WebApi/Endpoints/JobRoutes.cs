using CleanPortfolio.Application;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class JobRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("", Requests.Get<ListJobs, Page<JobDetails>>()).Named<ListJobs>(400);
        jobs.MapGet("/{jobId}", Requests.Get<GetJob, JobDetails>()).Named<GetJob>(400, 404);
        jobs.MapGet("/{jobId}/items", Requests.Get<ListJobItems, Page<JobItemDetails>>()).Named<ListJobItems>(400, 404);
        jobs.MapGet("/{jobId}/calls", Requests.Get<ListJobCalls, Page<JobCallDetails>>()).Named<ListJobCalls>(400, 404);
        jobs.MapPost("/{jobId}/cancel", Requests.Start<CancelJob, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<CancelJob>(400, 404, 409, 422);
        jobs.MapPost("/{jobId}/retry", Requests.Start<RetryJob, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<RetryJob>(400, 404, 409, 422);
    }

    /// <summary>202 with the job that was started, or of a dry run 200 with what it would do.</summary>
    public static Delegate StartOrPlan<TRequest>()
        where TRequest : IRequest<PopulationStart> =>
        async Task<Results<Ok<PopulationPlan>, Accepted<JobDetails>>> (
            [AsParameters] TRequest request,
            IMediator mediator,
            CancellationToken cancellationToken
        ) =>
        {
            var (plan, job) = await mediator.Send(request, cancellationToken);
            return plan is not null ? TypedResults.Ok(plan) : TypedResults.Accepted($"{Routes.Root}/jobs/{job!.Id}", job);
        };
}
