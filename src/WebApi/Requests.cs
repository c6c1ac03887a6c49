using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CleanPortfolio.WebApi;

/// <summary>
/// Turns a route into a request that is sent: route and query parameters bind to the request's members by name, its one complex member
/// is the body. The typed results put the right statuses into the OpenAPI document.
/// </summary>
internal static class Requests
{
    /// <summary>200 with the answer.</summary>
    public static Delegate Get<TRequest, TAnswer>()
        where TRequest : IRequest<TAnswer> =>
        async Task<Ok<TAnswer>> ([AsParameters] TRequest request, IMediator mediator, CancellationToken cancellationToken) =>
            TypedResults.Ok(await mediator.Send(request, cancellationToken));

    /// <summary>201 with what was made, and where it is.</summary>
    public static Delegate Create<TRequest, TAnswer>(Func<TAnswer, string> location)
        where TRequest : IRequest<TAnswer> =>
        async Task<Created<TAnswer>> ([AsParameters] TRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var answer = await mediator.Send(request, cancellationToken);
            return TypedResults.Created(location(answer), answer);
        };

    /// <summary>202 with the work that was started, and where to look after it.</summary>
    public static Delegate Start<TRequest, TAnswer>(Func<TAnswer, string> location)
        where TRequest : IRequest<TAnswer> =>
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
}
