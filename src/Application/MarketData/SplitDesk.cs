using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Where operators decide about reported splits; the others of the stock are judged anew at once.</summary>
internal sealed class SplitDesk(IDatabase database, IMarketDecisions decisions, ICaller caller, TimeProvider clock)
{
    public Task<SplitConflictDetails> Decide(
        Id<ReportedSplit> id,
        SplitDecision decision,
        string reason,
        CancellationToken cancellationToken
    ) =>
        decisions.Decide(
            async changed =>
            {
                var found = await database.SplitReports.FirstOrDefaultAsync(report => report.Id == id, cancellationToken);
                var report = NotFound.Unless(found, "splitReport", id);
                // Said again it is no news: who said it first, and why, stays.
                if (report.Decision != decision)
                {
                    if (decision is SplitDecision.Accepted)
                        await RefuseSecond(report, cancellationToken);
                    report.Decide(decision, caller.Current.Key, reason, clock.GetUtcNow());
                    await database.SaveChanges(cancellationToken);
                    await new Judges(database, changed, clock).Splits([report.StockId], cancellationToken);
                }
                var ticker = await database.Stocks.Where(s => s.Id == report.StockId).Select(s => s.Ticker).FirstAsync(cancellationToken);
                return SplitConflictDetails.Of(report, ticker);
            },
            cancellationToken
        );

    private async Task RefuseSecond(ReportedSplit report, CancellationToken cancellationToken)
    {
        var taken = await database.SplitReports.AnyAsync(
            other =>
                other.StockId == report.StockId
                && other.ExecutionDate == report.ExecutionDate
                && other.Id != report.Id
                && other.Decision == SplitDecision.Accepted,
            cancellationToken
        );
        if (taken)
            throw new Conflict("splitReport.otherAccepted", "Another split of that day was accepted; reject it first.");
    }
}
