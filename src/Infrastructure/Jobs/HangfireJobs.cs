using System.Transactions;
using CleanPortfolio.Application.Ports;
using Hangfire;
using MediatR;

namespace CleanPortfolio.Infrastructure.Jobs;

/// <summary>
/// The queue in the same PostgreSQL, through the same data source: within one ambient transaction both writes share a connection and
/// commit together.
/// </summary>
internal sealed class HangfireJobs(IBackgroundJobClient client, IDatabase database) : IJobs
{
    public async Task SaveAndEnqueue<TRequest>(TRequest work, CancellationToken cancellationToken)
        where TRequest : IRequest
    {
        // Within a request that has a key there is one already; a scope within it would end it when the save is refused.
        using var scope = Transaction.Current is null
            ? new TransactionScope(
                TransactionScopeOption.Required,
                new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
                TransactionScopeAsyncFlowOption.Enabled
            )
            : null;
        await database.SaveChanges(cancellationToken);
        client.Enqueue<CommandJob>(job => job.Run(work, CancellationToken.None));
        scope?.Complete();
    }
}
