using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Jobs;

/// <summary>A long-running piece of work.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="From">First day of the data asked for.</param>
/// <param name="To">Last day of the data asked for.</param>
/// <param name="Progress">How much of it is done.</param>
/// <param name="Counts">Its items by outcome.</param>
/// <param name="Calls">Its calls at the provider.</param>
/// <param name="Budget">Calls that the provider's key has left; null when the job is over.</param>
/// <param name="Eta">
/// When it will be over: by the calls that are left at the key's rate, other jobs taking turns; without a limit at the pace so far, and
/// null before there is one. Null when it is over.
/// </param>
/// <param name="ResumesAt">While it waits for the provider's rate limit: when it goes on.</param>
/// <param name="CancelRequested">Someone asked to stop.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it was over.</param>
public sealed record JobDetails(
    Id<Job> Id,
    JobKind Kind,
    JobStatus Status,
    DateOnly From,
    DateOnly To,
    JobProgressReport Progress,
    JobCounts Counts,
    JobCallCounts Calls,
    BudgetReport? Budget,
    DateTimeOffset? Eta,
    DateTimeOffset? ResumesAt,
    bool CancelRequested,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
)
{
    internal static JobDetails Of(Job job, JobCounts counts, JobCallCounts calls, BudgetReport? budget, DateTimeOffset? eta) =>
        new(
            job.Id,
            job.Kind,
            job.Status,
            job.From,
            job.To,
            new JobProgressReport(counts.Done(), counts.Done() + counts.Pending, "parts"),
            counts,
            calls,
            budget,
            eta,
            job.ResumesAt,
            job.CancelRequested,
            job.CreatedAt,
            job.StartedAt,
            job.FinishedAt
        );
}

/// <summary>Calls of a job at the provider.</summary>
/// <param name="Planned">That its plan expected.</param>
/// <param name="Made">HTTP attempts that were made, of the items that are over.</param>
public sealed record JobCallCounts(int Planned, int Made);

/// <summary>Calls that the provider's key has left, shared by everything that uses it.</summary>
/// <param name="CallsPerWindow">Calls allowed in any window; null is unlimited.</param>
/// <param name="Window">Length of the window, hours, minutes and seconds.</param>
/// <param name="Remaining">Calls that may be sent at once; null is unlimited.</param>
/// <param name="NextCallAt">When the next call may be sent; null is at once.</param>
/// <param name="BlockedUntil">No call is sent before; null when nothing is in the way.</param>
/// <param name="BlockedBy">Why: <c>rateLimit</c> or <c>outage</c>.</param>
public sealed record BudgetReport(
    int? CallsPerWindow,
    TimeSpan Window,
    int? Remaining,
    DateTimeOffset? NextCallAt,
    DateTimeOffset? BlockedUntil,
    string? BlockedBy
)
{
    internal static BudgetReport Of(BudgetState state) =>
        new(state.CallsPerWindow, state.Window, state.Remaining, state.NextCallAt, state.BlockedUntil, state.BlockedBy);
}

/// <summary>How much is done.</summary>
/// <param name="Done">Items that are over, whatever came of them.</param>
/// <param name="Total">All items.</param>
/// <param name="Unit">What an item is.</param>
public sealed record JobProgressReport(int Done, int Total, string Unit);

/// <summary>Items of a job by outcome.</summary>
/// <param name="Succeeded">Done.</param>
/// <param name="PartiallySucceeded">Done, but some rows were refused or there was none.</param>
/// <param name="Failed">Not done.</param>
/// <param name="Pending">Not done yet.</param>
public sealed record JobCounts(int Succeeded, int PartiallySucceeded, int Failed, int Pending)
{
    internal int Done() => Succeeded + PartiallySucceeded + Failed;

    internal static async Task<Dictionary<Id<Job>, JobCounts>> Of(
        IDatabase database,
        IReadOnlyCollection<Id<Job>> jobs,
        CancellationToken cancellationToken
    )
    {
        var rows = await database
            .JobItems.Where(item => jobs.Contains(item.JobId))
            .GroupBy(item => new { item.JobId, item.Status })
            .Select(group => new
            {
                group.Key.JobId,
                group.Key.Status,
                Count = group.Count(),
            })
            .ToListAsync(cancellationToken);
        return jobs.ToDictionary(
            job => job,
            job =>
            {
                int Count(ItemStatus status) => rows.Find(row => row.JobId == job && row.Status == status)?.Count ?? 0;
                return new JobCounts(
                    Count(ItemStatus.Succeeded),
                    Count(ItemStatus.PartiallySucceeded),
                    Count(ItemStatus.Failed),
                    Count(ItemStatus.Pending)
                );
            }
        );
    }
}
