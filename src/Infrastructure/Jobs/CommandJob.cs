using Hangfire;
using Hangfire.Common;
using Hangfire.Dashboard;
using MediatR;

namespace CleanPortfolio.Infrastructure.Jobs;

/// <summary>The one kind of queue entry: a request, sent through the same pipeline as one from a route.</summary>
public sealed class CommandJob(IMediator mediator)
{
    /// <summary>Sends <paramref name="request"/>. It may be run again after a crash: requests for the queue must bear that.</summary>
    [RequestTitle]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 15, 60, 300, 900])]
    public Task Run<TRequest>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IRequest => mediator.Send(request, cancellationToken);
}

/// <summary>Shows a queue entry under its request's name and contents.</summary>
internal sealed class RequestTitleAttribute() : JobDisplayNameAttribute("{0}")
{
    public override string Format(DashboardContext context, Job job) => job.Args[0]?.ToString() ?? job.Method.Name;
}
