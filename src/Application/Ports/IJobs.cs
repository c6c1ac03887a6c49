using MediatR;

namespace CleanPortfolio.Application.Ports;

/// <summary>The queue of work for later.</summary>
public interface IJobs
{
    /// <summary>
    /// Commits the changes of the scope's <see cref="IDatabase"/> and queues <paramref name="work"/> together: both or neither.
    /// The work is sent through the same pipeline by a worker, at least once.
    /// </summary>
    Task SaveAndEnqueue<TRequest>(TRequest work, CancellationToken cancellationToken)
        where TRequest : IRequest;
}
