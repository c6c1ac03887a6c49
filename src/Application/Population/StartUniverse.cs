using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;
using MediatR;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Starts a job that reads the provider's list of all tickers, active and delisted: new stocks are added, renames are followed, delistings
/// noted. Nothing ends because one crawl lacks it.
/// </summary>
public sealed record StartUniverse : IRequest<JobDetails>;

internal sealed class StartUniverseHandler(JobStarter starter, TimeProvider clock) : IRequestHandler<StartUniverse, JobDetails>
{
    public Task<JobDetails> Handle(StartUniverse request, CancellationToken cancellationToken)
    {
        var today = UsMarketCalendar.DateOf(clock.GetUtcNow());
        return starter.Start(new JobRequest(JobKind.Universe, today, today) { Parts = JobParts.Listings }, cancellationToken);
    }
}
