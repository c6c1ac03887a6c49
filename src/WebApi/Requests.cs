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
        async Task<Ok<TAnswer>> (
            [AsParameters] TRequest request,
            HttpContext http,
            IMediator mediator,
            CancellationToken cancellationToken
        ) => await Ok<TRequest, TAnswer>(request, http, mediator, cancellationToken);

    /// <summary>200 with figures; whoever holds the same ones already is told so instead.</summary>
    public static Delegate Compute<TRequest, TAnswer>()
        where TRequest : IRequest<TAnswer> =>
        [Computed]
        async Task<Ok<TAnswer>> (
            [AsParameters] TRequest request,
            HttpContext http,
            IMediator mediator,
            CancellationToken cancellationToken
        ) => await Ok<TRequest, TAnswer>(request, http, mediator, cancellationToken);

    /// <summary>200 with what came of it; the same key does it once.</summary>
    public static Delegate Act<TRequest, TAnswer>()
        where TRequest : IRequest<TAnswer> =>
        [Idempotent]
        async Task<Ok<TAnswer>> (
            [AsParameters] TRequest request,
            HttpContext http,
            IMediator mediator,
            CancellationToken cancellationToken
        ) => await Ok<TRequest, TAnswer>(request, http, mediator, cancellationToken);

    /// <summary>201 with what was made, and where it is; the same key makes it once.</summary>
    public static Delegate Create<TRequest, TAnswer>(Func<TAnswer, string> location)
        where TRequest : IRequest<TAnswer> =>
        [Idempotent]
        async Task<Created<TAnswer>> (
            [AsParameters] TRequest request,
            HttpContext http,
            IMediator mediator,
            CancellationToken cancellationToken
        ) =>
        {
            var answer = await mediator.Send(request, cancellationToken);
            Versions.Tell(http, answer);
            return TypedResults.Created(location(answer), answer);
        };

    /// <summary>202 with the work that was started, and where to look after it; the same key starts it once.</summary>
    public static Delegate Start<TRequest, TAnswer>(Func<TAnswer, string> location)
        where TRequest : IRequest<TAnswer> =>
        [Idempotent]
        async Task<Accepted<TAnswer>> ([AsParameters] TRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var answer = await mediator.Send(request, cancellationToken);
            return TypedResults.Accepted(location(answer), answer);
        };

    /// <summary>204.</summary>
    public static Delegate Do<TRequest>()
        where TRequest : IRequest =>
        async Task<NoContent> ([AsParameters] TRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        {
            await mediator.Send(request, cancellationToken);
            return TypedResults.NoContent();
        };

    private static async Task<Ok<TAnswer>> Ok<TRequest, TAnswer>(
        TRequest request,
        HttpContext http,
        IMediator mediator,
        CancellationToken cancellationToken
    )
        where TRequest : IRequest<TAnswer>
    {
        var answer = await mediator.Send(request, cancellationToken);
        Versions.Tell(http, answer);
        return TypedResults.Ok(answer);
    }
}
