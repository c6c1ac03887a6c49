using System.Globalization;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Schedules;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Schedules;

/// <summary>What each schedule fetches.</summary>
internal sealed class ScheduleWork(IDatabase database, JobStarter starter, RepairPlan repair, TimeProvider clock)
{
    // Splits become known days late, dividends up to 12; both are announced ahead. A dividend is corrected for two months.
    private const int DaysBack = 60;
    private const int DaysAhead = 90;

    /// <summary>Writes the run and its job; without anything to fetch the run alone, or nothing.</summary>
    /// <exception cref="Failures.Conflict"><see cref="ScheduleRunner.AlreadyRun"/>.</exception>
    public async Task<ScheduleRun?> Start(ScheduleName name, DateOnly date, bool evenForNothing, CancellationToken cancellationToken)
    {
        var run = new ScheduleRun(name, date, clock.GetUtcNow(), null);
        if (await RequestOf(name, date, cancellationToken) is { } request)
        {
            var save = request with { AlsoSave = job => database.ScheduleRuns.Add(run = run with { JobId = job.Id }) };
            await starter.Start(save, cancellationToken);
            return run;
        }
        if (!evenForNothing)
            return null;
        database.ScheduleRuns.Add(run);
        await database.SaveChanges(cancellationToken);
        return run;
    }

    private async Task<JobRequest?> RequestOf(ScheduleName name, DateOnly date, CancellationToken cancellationToken) =>
        name switch
        {
            ScheduleName.DailyPrices => Sessions(PriceReleases.Since(await LastStored(date, cancellationToken), date), refresh: false),
            ScheduleName.Corrections => Sessions(PriceReleases.Last(PriceReleases.CorrectionSessions, date), refresh: true),
            ScheduleName.Actions => new JobRequest(JobKind.Actions, date.AddDays(-DaysBack), date.AddDays(DaysAhead))
            {
                Parts = JobParts.Actions,
                Refresh = true,
            },
            ScheduleName.Universe => new JobRequest(JobKind.Universe, date, date) { Parts = JobParts.Listings, Refresh = true },
            _ => await repair.Of(new RepairDraft(), cancellationToken),
        };

    private static JobRequest? Sessions(IReadOnlyList<DateOnly> sessions, bool refresh) =>
        sessions.Count == 0
            ? null
            : new JobRequest(JobKind.MarketPopulation, sessions[0], sessions[^1])
            {
                Sessions = sessions,
                Parts = JobParts.Prices,
                Refresh = refresh,
            };

    // Of the newest sessions only: further back there is nothing that a run would take up.
    private async Task<DateOnly?> LastStored(DateOnly date, CancellationToken cancellationToken)
    {
        var keys = PriceReleases
            .Last(PriceReleases.MostSessions + 1, date)
            .Select(session => session.ToString("O", CultureInfo.InvariantCulture))
            .ToList();
        var stored = await database
            .Fetches.Where(fetch => fetch.Kind == FetchKind.Session && fetch.Outcome == FetchOutcome.Stored && keys.Contains(fetch.Key))
            .MaxAsync(fetch => (string?)fetch.Key, cancellationToken);
        return stored is null ? null : MarketItems.Session(stored);
    }
}
