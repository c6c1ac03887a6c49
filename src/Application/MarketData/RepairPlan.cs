using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Schedules;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Finds what a repair is to fetch.</summary>
internal sealed class RepairPlan(IDatabase database, QualityScan scan, ISchedules schedules, TimeProvider clock)
{
    /// <summary>Reasons that asking the provider may remove.</summary>
    public static readonly FindingReason[] Fillable = [FindingReason.NotAsked, FindingReason.NoData, FindingReason.Quarantined];

    private const int Retries = 2;
    private const int AtOnce = 1000;

    /// <summary>The holes that can be filled.</summary>
    /// <exception cref="RuleBroken"><c>repair.nothingToDo</c>.</exception>
    public async Task<JobRequest> Need(RepairDraft draft, CancellationToken cancellationToken) =>
        await Of(draft, cancellationToken)
        ?? throw new RuleBroken("repair.nothingToDo", "No day is missing that asking the provider could fill.");

    /// <summary>The holes that can be filled, each at least once more asked for; null when there are none.</summary>
    public async Task<JobRequest?> Of(RepairDraft draft, CancellationToken cancellationToken)
    {
        var query = QualityRange.Of(draft.From, draft.To, schedules.Release.LastSession(clock.GetUtcNow())) with
        {
            Tickers = draft.Tickers?.ToHashSet(StringComparer.Ordinal),
            First = AtOnce,
        };
        var repairs = await EarlierRepairs(cancellationToken);
        var cells = new List<TickerRange>();
        await foreach (var one in scan.Of(query, cancellationToken))
            cells.AddRange(
                one.Findings.Where(finding => CanFill(finding, draft.Reasons ?? Fillable))
                    .Select(finding => new TickerRange(one.Ticker, finding.From, finding.To))
                    .Where(cell => repairs.Count(cell) < Retries)
            );
        return cells.Count == 0
            ? null
            : new JobRequest(JobKind.Repair, cells.Min(cell => cell.From), cells.Max(cell => cell.To))
            {
                Cells = cells,
                Parts = JobParts.Prices,
                Refresh = true,
            };
    }

    private static bool CanFill(QualityFinding finding, IReadOnlyCollection<FindingReason> reasons) =>
        finding is { Finding: FindingKind.MissingDays or FindingKind.FxGap, Reason: { } reason }
        && Fillable.Contains(reason)
        && reasons.Contains(reason);

    private async Task<Repairs> EarlierRepairs(CancellationToken cancellationToken)
    {
        var done = await (
            from item in database.JobItems
            join job in database.Jobs on item.JobId equals job.Id
            where job.Kind == JobKind.Repair && (item.Status == ItemStatus.Succeeded || item.Status == ItemStatus.PartiallySucceeded)
            select new
            {
                item.Work,
                item.Key,
                item.Tickers,
                From = item.From ?? job.From,
                To = item.To ?? job.To,
            }
        ).ToListAsync(cancellationToken);
        var ranges =
            from item in done
            where item.Work is ItemWork.Stock or ItemWork.Rates or ItemWork.Session
            from ticker in item.Work is ItemWork.Session ? [Finality.Everyone] : item.Tickers ?? [item.Key]
            select new TickerRange(ticker, item.From, item.To);
        return new Repairs(ranges.ToLookup(range => range.Ticker, StringComparer.Ordinal));
    }

    private sealed class Repairs(ILookup<string, TickerRange> done)
    {
        public int Count(TickerRange cell) =>
            done[cell.Ticker].Concat(done[Finality.Everyone]).Count(range => range.From <= cell.From && cell.From <= range.To);
    }
}
