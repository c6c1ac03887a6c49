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
public sealed record RepairMarketData(RepairDraft Draft, bool? DryRun) : IRequest<PopulationStart>;

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
    private const int MostTickers = 2000;

    public RepairMarketDataRules(TimeProvider clock)
    {
        this.Range(request => request.Draft.From, request => request.Draft.To, clock);
        RuleFor(request => request.Draft.Tickers)
            .Must(tickers => tickers is null or { Count: > 0 and <= MostTickers })
            .WithMessage($"must name 1 to {MostTickers} tickers, or be absent for all.");
        RuleForEach(request => request.Draft.Tickers).NotEmpty().MaximumLength(20);
        RuleFor(request => request.Draft.Reasons)
            .Must(reasons => reasons is null or { Count: > 0 })
            .WithMessage("must name a reason, or be absent for all that can be repaired.");
        RuleForEach(request => request.Draft.Reasons)
            .Must(reason => RepairPlan.Fillable.Contains(reason))
            .WithMessage("can't be repaired by asking again; notAsked, noData and quarantined can.");
    }
}

internal sealed class RepairMarketDataHandler(RepairPlan plan, JobStarter starter) : IRequestHandler<RepairMarketData, PopulationStart>
{
    public async Task<PopulationStart> Handle(RepairMarketData request, CancellationToken cancellationToken)
    {
        if (await plan.Of(request.Draft, cancellationToken) is not { } job)
            throw new RuleBroken("repair.nothingToDo", "No day is missing that asking the provider could fill.");
        return await starter.Start(job, request.DryRun, cancellationToken);
    }
}
