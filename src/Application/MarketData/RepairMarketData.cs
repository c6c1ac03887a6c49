using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.MarketData;

/// <summary>
/// Starts a job that asks the provider for the days that the quality report finds missing, for stocks and pairs of currencies. Days that
/// it had no data for are asked for twice more, then accepted; what the key's plan does not include is not asked for.
/// </summary>
public sealed record RepairMarketData(RepairDraft Draft) : IRequest<JobDetails>;

/// <summary>What to repair.</summary>
/// <param name="From">First day; each stock's first price if absent.</param>
/// <param name="To">Last day; the last session that the provider has given out if absent.</param>
/// <param name="Tickers">At most 2000 tickers and pairs like <c>C:EURUSD</c>; all if absent.</param>
/// <param name="Reasons">Only days missing for one of these reasons: notAsked, noData, quarantined; all of them if absent.</param>
public sealed record RepairDraft(
    DateOnly? From = null,
    DateOnly? To = null,
    IReadOnlyList<string>? Tickers = null,
    IReadOnlyList<FindingReason>? Reasons = null
);

internal sealed class RepairMarketDataRules : AbstractValidator<RepairMarketData>
{
    public RepairMarketDataRules(TimeProvider clock) => this.Draft(request => request.Draft, clock);
}

internal sealed class RepairMarketDataHandler(RepairPlan plan, JobStarter starter) : IRequestHandler<RepairMarketData, JobDetails>
{
    public async Task<JobDetails> Handle(RepairMarketData request, CancellationToken cancellationToken) =>
        await starter.Start(await plan.Need(request.Draft, cancellationToken), cancellationToken);
}
