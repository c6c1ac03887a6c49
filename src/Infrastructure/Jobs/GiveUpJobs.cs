using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Infrastructure.Jobs;

/// <summary>When the queue has used up its retries, the job that its users see must not stay "running" for ever.</summary>
internal sealed class GiveUpJobs(IServiceScopeFactory scopes) : JobFilterAttribute, IApplyStateFilter
{
    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is not FailedState || context.BackgroundJob.Job?.Args is not [Populate work, ..])
            return;
        using var scope = scopes.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GiveUpJob(work.JobId)).GetAwaiter().GetResult();
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction) { }
}
