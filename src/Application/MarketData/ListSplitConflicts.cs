using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>
/// Splits that the provider told and that are not applied, newest first: duplicates, and those that another one or the prices contradict;
/// also those that an operator decided about.
/// </summary>
public sealed record ListSplitConflicts(Id<Stock>? StockId, bool? Decided, string? Cursor, int? Limit)
    : IRequest<Page<SplitConflictDetails>>;

/// <summary>A split as it was told, and what was made of it.</summary>
/// <param name="Id">Id of the report.</param>
/// <param name="StockId">The stock.</param>
/// <param name="Ticker">Its ticker at present.</param>
/// <param name="ExecutionDate">First day in new shares, as told.</param>
/// <param name="From">Every so many shares before.</param>
/// <param name="To">So many after.</param>
/// <param name="ProviderId">The provider's id of it, if it gave one.</param>
/// <param name="FirstSeenAt">When it was first told.</param>
/// <param name="LastSeenAt">When it was last told.</param>
/// <param name="Verdict">What was made of it; only <c>applied</c> and <c>pending</c> count in positions and prices.</param>
/// <param name="Reason">Why: sameSplit, otherRatioThatDay, toldTwice, notInPrices, noPrices, otherMove or decided; null when prices moved as told.</param>
/// <param name="Decision">What an operator decided; null when nobody did.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="DecidedBy">Who: the audit log's caller, <c>user:</c> or <c>key:</c> and an id, or <c>oidc:</c> and the subject of another issuer's token; null when nobody did.</param>
/// <param name="DecisionReason">Why.</param>
public sealed record SplitConflictDetails(
    Id<ReportedSplit> Id,
    Id<Stock> StockId,
    string Ticker,
    DateOnly ExecutionDate,
    decimal From,
    decimal To,
    string? ProviderId,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    SplitVerdict Verdict,
    string? Reason,
    SplitDecision? Decision,
    DateTimeOffset? DecidedAt,
    string? DecidedBy,
    string? DecisionReason
)
{
    internal static SplitConflictDetails Of(ReportedSplit report, string ticker) =>
        new(
            report.Id,
            report.StockId,
            ticker,
            report.ExecutionDate,
            Exact.Trim(report.From),
            Exact.Trim(report.To),
            report.ProviderId,
            report.FirstSeenAt,
            report.LastSeenAt,
            report.Verdict,
            report.Reason,
            report.Decision,
            report.DecidedAt,
            report.DecidedBy,
            report.DecisionReason
        );
}

internal sealed class ListSplitConflictsRules : AbstractValidator<ListSplitConflicts>
{
    public ListSplitConflictsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListSplitConflictsHandler(IDatabase database) : IRequestHandler<ListSplitConflicts, Page<SplitConflictDetails>>
{
    public async Task<Page<SplitConflictDetails>> Handle(ListSplitConflicts request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var reports = database
            .SplitReports.AsNoTracking()
            .Where(report =>
                report.Verdict == SplitVerdict.Conflict || report.Verdict == SplitVerdict.Duplicate || report.Decision != null
            );
        if (request.StockId is { } stock)
            reports = reports.Where(report => report.StockId == stock);
        if (request.Decided is { } decided)
            reports = reports.Where(report => report.Decision != null == decided);
        if (Cursor.Guid(request.Cursor) is { } before)
            reports = reports.Where(report => report.Id < new Id<ReportedSplit>(before));
        var page = await reports
            .OrderByDescending(report => report.Id)
            .Take(limit + 1)
            .Join(database.Stocks, report => report.StockId, known => known.Id, (report, known) => new { Report = report, known.Ticker })
            .ToListAsync(cancellationToken);
        var details = page.OrderByDescending(row => row.Report.Id).Select(row => SplitConflictDetails.Of(row.Report, row.Ticker)).ToList();
        return Cursor.PageOf(details, limit, report => [report.Id]);
    }
}
