using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Schedules;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.MarketData;

/// <summary>How much is wrong with stored market data, by what and why.</summary>
public sealed record GetQualitySummary(DateOnly? From, DateOnly? To) : IRequest<QualitySummary>;

/// <summary>How much is wrong with stored market data.</summary>
/// <param name="From">First day looked at; null: each stock's first price.</param>
/// <param name="To">Last day looked at: no later than the last session that the provider has given out.</param>
/// <param name="Stocks">Stocks looked at.</param>
/// <param name="WithFindings">Stocks and pairs of currencies with at least one finding.</param>
/// <param name="Findings">By what and why.</param>
public sealed record QualitySummary(DateOnly? From, DateOnly To, int Stocks, int WithFindings, IReadOnlyList<QualityCount> Findings);

/// <summary>How often something was found.</summary>
/// <param name="Finding">What.</param>
/// <param name="Reason">Why; null for what has no reason.</param>
/// <param name="Stocks">Stocks or pairs concerned.</param>
/// <param name="Findings">Findings.</param>
/// <param name="Sessions">Trading days of all of them.</param>
public sealed record QualityCount(FindingKind Finding, FindingReason? Reason, int Stocks, int Findings, long Sessions);

internal sealed class GetQualitySummaryRules : AbstractValidator<GetQualitySummary>
{
    public GetQualitySummaryRules(TimeProvider clock) => this.Range(request => request.From, request => request.To, clock);
}

internal sealed class GetQualitySummaryHandler(IDatabase database, QualityScan scan, ISchedules schedules, TimeProvider clock)
    : IRequestHandler<GetQualitySummary, QualitySummary>
{
    private const int AtOnce = 1000;

    public async Task<QualitySummary> Handle(GetQualitySummary request, CancellationToken cancellationToken)
    {
        var query = QualityRange.Of(request.From, request.To, schedules.Release.LastSession(clock.GetUtcNow())) with { First = AtOnce };
        var counts = new SortedDictionary<(FindingKind, int), QualityCount>();
        var examined = 0;
        await foreach (var one in scan.Of(query, cancellationToken))
        {
            examined++;
            foreach (var same in one.Findings.GroupBy(finding => (finding.Finding, finding.Reason)))
            {
                var key = (same.Key.Finding, (int?)same.Key.Reason ?? -1);
                var before = counts.GetValueOrDefault(key) ?? new QualityCount(same.Key.Finding, same.Key.Reason, 0, 0, 0);
                counts[key] = before with
                {
                    Stocks = before.Stocks + 1,
                    Findings = before.Findings + same.Count(),
                    Sessions = before.Sessions + same.Sum(finding => (long)finding.Sessions),
                };
            }
        }
        var stocks = await database.Stocks.CountAsync(cancellationToken);
        return new QualitySummary(query.From, query.To, stocks, examined, [.. counts.Values]);
    }
}
