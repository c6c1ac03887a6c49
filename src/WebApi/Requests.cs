using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CleanPortfolio.WebApi;

/// <summary>
/// Turns a route into a request that is sent: route and query parameters bind to the request's members by name, its one complex member
/// is the body. The typed results put the right statuses into the OpenAPI document. What has a version bears it as its ETag.
/// </summary>
internal static class Requests
{
    /// <summary>200 with the answer.</summary>
    public static Delegate Get<TRequest, TAnswer>()
        where TRequest : IRequest<TAnswer> =>
        async Task<Ok<TAnswer>> ([AsParameters] TRequest request, HttpContext http) => TypedResults.Ok(await Send<TAnswer>(http, request));

    /// <summary>200 with figures; whoever holds the same ones already is told so instead.</summary>
    public static Delegate Compute<TRequest, TAnswer>()
        where TRequest : IRequest<TAnswer> =>
        [Computed]
        async Task<Ok<TAnswer>> ([AsParameters] TRequest request, HttpContext http) => TypedResults.Ok(await Send<TAnswer>(http, request));

    /// <summary>200 with what came of it; the same key does it once.</summary>
    public static Delegate Act<TRequest, TAnswer>()
        where TRequest : IRequest<TAnswer> =>
        [Idempotent]
        async Task<Ok<TAnswer>> ([AsParameters] TRequest request, HttpContext http) => TypedResults.Ok(await Send<TAnswer>(http, request));

    /// <summary>201 with what was made, and where it is; the same key makes it once.</summary>
    public static Delegate Create<TRequest, TAnswer>(Func<TAnswer, string> location)
        where TRequest : IRequest<TAnswer> =>
        [Idempotent]
        async Task<Created<TAnswer>> ([AsParameters] TRequest request, HttpContext http) =>
        {
            var answer = await Send<TAnswer>(http, request);
            return TypedResults.Created(location(answer), answer);
        };

    /// <summary>202 with the work that was started, and where to look after it; the same key starts it once.</summary>
    public static Delegate Start<TRequest, TAnswer>(Func<TAnswer, string> location)
        where TRequest : IRequest<TAnswer> =>
        [Idempotent]
        async Task<Accepted<TAnswer>> ([AsParameters] TRequest request, HttpContext http) =>
        {
            var answer = await Send<TAnswer>(http, request);
            return TypedResults.Accepted(location(answer), answer);
        };

    /// <summary>204.</summary>
    public static Delegate Do<TRequest>()
        where TRequest : IRequest =>
        async Task<NoContent> ([AsParameters] TRequest request, HttpContext http) =>
        {
            await Send<Unit>(http, request);
            return TypedResults.NoContent();
        };

    private static async Task<TAnswer> Send<TAnswer>(HttpContext http, IRequest<TAnswer> request)
    {
        var answer = await http.RequestServices.GetRequiredService<IMediator>().Send(request, http.RequestAborted);
        Versions.Tell(http, answer);
        return answer;
    }
}
