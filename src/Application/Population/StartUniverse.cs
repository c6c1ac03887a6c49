using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;
using MediatR;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Starts a job that reads the provider's list of all tickers, active and delisted: new stocks are added, renames are followed, delistings
/// noted. Nothing ends because one crawl lacks it.
/// </summary>
public sealed record StartUniverse : IRequest<JobDetails>;

internal sealed class StartUniverseHandler(IDatabase database, IJobs jobs, TimeProvider clock) : IRequestHandler<StartUniverse, JobDetails>
{
    public async Task<JobDetails> Handle(StartUniverse request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = UsMarketCalendar.DateOf(now);
        var job = new Job(JobKind.Universe, today, today, [MarketItems.Universe], now);
        database.Jobs.Add(job);
        await jobs.SaveAndEnqueue(Populate.Of(job, job.Items.Count), cancellationToken);
        return JobDetails.Of(job, JobCounts.AllPending(job.Items.Count), now);
    }
}
