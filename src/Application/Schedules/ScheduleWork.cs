using System.Globalization;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Schedules;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Schedules;

/// <summary>What each schedule fetches.</summary>
internal sealed class ScheduleWork(IDatabase database, IJobs jobs, TimeProvider clock)
{
    // Splits become known days late, dividends up to 12; both are announced ahead. A dividend is corrected for two months.
    private const int DaysBack = 60;
    private const int DaysAhead = 90;

    /// <summary>Writes the run and its job; without anything to fetch the run alone, or nothing.</summary>
    /// <exception cref="Failures.Conflict"><see cref="ScheduleRunner.AlreadyRun"/>.</exception>
    public async Task<ScheduleRun?> Start(ScheduleName name, DateOnly date, bool evenForNothing, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var job = await JobOf(name, date, now, cancellationToken);
        if (job is null && !evenForNothing)
            return null;
        var run = new ScheduleRun(name, date, now, job?.Id);
        database.ScheduleRuns.Add(run);
        if (job is null)
        {
            await database.SaveChanges(cancellationToken);
            return run;
        }
        database.Jobs.Add(job);
        await jobs.SaveAndEnqueue(Populate.Of(job, job.Items.Count), cancellationToken);
        return run;
    }

    private async Task<Job?> JobOf(ScheduleName name, DateOnly date, DateTimeOffset now, CancellationToken cancellationToken) =>
        name switch
        {
            ScheduleName.DailyPrices => Sessions(PriceReleases.Since(await LastStored(date, cancellationToken), date), now, refresh: false),
            ScheduleName.Corrections => Sessions(PriceReleases.Last(PriceReleases.CorrectionSessions, date), now, refresh: true),
            ScheduleName.Actions => Actions(date.AddDays(-DaysBack), date.AddDays(DaysAhead), now),
            ScheduleName.Universe => new Job(
                JobKind.Universe,
                date,
                date,
                [new PlannedItem(MarketItems.Listings, ItemWork.Universe, null, null, 2)],
                now,
                refresh: true
            ),
            _ => null,
        };

    private static Job? Sessions(IReadOnlyList<DateOnly> sessions, DateTimeOffset now, bool refresh) =>
        sessions.Count == 0
            ? null
            : new Job(
                JobKind.MarketPopulation,
                sessions[0],
                sessions[^1],
                sessions.Reverse().Select(session => new PlannedItem(KeyOf(session), ItemWork.Session, session, session, 1)),
                now,
                refresh
            );

    private static Job Actions(DateOnly from, DateOnly to, DateTimeOffset now) =>
        new(
            JobKind.Actions,
            from,
            to,
            [
                new PlannedItem(MarketItems.Splits, ItemWork.Splits, from, to, 1),
                new PlannedItem(MarketItems.Dividends, ItemWork.Dividends, from, to, 1),
            ],
            now,
            refresh: true
        );

    // Of the newest sessions only: further back there is nothing that a run would take up.
    private async Task<DateOnly?> LastStored(DateOnly date, CancellationToken cancellationToken)
    {
        var candidates = PriceReleases.Last(PriceReleases.MostSessions + 1, date);
        var keys = candidates.Select(KeyOf).ToList();
        var stored = await database
            .Fetches.Where(fetch => fetch.Kind == FetchKind.Session && fetch.Outcome == FetchOutcome.Stored && keys.Contains(fetch.Key))
            .MaxAsync(fetch => (string?)fetch.Key, cancellationToken);
        return stored is null ? null : MarketItems.Session(stored);
    }

    private static string KeyOf(DateOnly session) => session.ToString("O", CultureInfo.InvariantCulture);
}
