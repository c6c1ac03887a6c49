using CleanPortfolio.Application.Population;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.MarketData;

/// <summary>Tells what a repair would do: its calls, how long they take at the key's rate, the rows to expect. Nobody is asked and nothing is written.</summary>
public sealed record PlanRepair(RepairDraft Draft) : IRequest<PopulationPlan>;

internal sealed class PlanRepairRules : AbstractValidator<PlanRepair>
{
    public PlanRepairRules(TimeProvider clock) => this.Draft(request => request.Draft, clock);
}

internal sealed class PlanRepairHandler(RepairPlan plan, JobStarter starter) : IRequestHandler<PlanRepair, PopulationPlan>
{
    public async Task<PopulationPlan> Handle(PlanRepair request, CancellationToken cancellationToken) =>
        await starter.Plan(await plan.Need(request.Draft, cancellationToken), cancellationToken);
}
