using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using MediatR;

namespace CleanPortfolio.Application.Pipeline;

/// <summary>
/// A rule may refuse on the ground of what somebody else changed a moment ago. Who named the version that the decision was to rest on is
/// told that it is gone, not the refusal of a decision on another one.
/// </summary>
internal sealed class Deciding<TRequest, TAnswer>(IPreconditions preconditions, IDatabase database) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : notnull
{
    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        try
        {
            return await next();
        }
        catch (RuleBroken) when (preconditions.AreNamed)
        {
            if (await database.IsOutdated(cancellationToken))
                throw new Stale();
            throw;
        }
    }
}
