using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Application.Population;

/// <summary>What a population would do; nothing is asked of the provider to tell it, and nothing is written.</summary>
/// <param name="Calls">Calls at the provider.</param>
/// <param name="Exact">
/// Whether that is certain if every ticker exists and no call fails; else it is guessed from the length of earlier answers.
/// </param>
/// <param name="Duration">How long the calls take at the key's rate, hours, minutes and seconds; zero without a limit.</param>
/// <param name="EstimatedEnd">When it would be over if it started now and no other job ran.</param>
/// <param name="Rows">Rows to expect, a guess.</param>
/// <param name="Items">The parts by what they do, in the order of work.</param>
/// <param name="AlreadyStored">Days of tickers or of the market that are not asked for because they are stored for good.</param>
/// <param name="Budget">Calls that the key has left.</param>
public sealed record PopulationPlan(
    int Calls,
    bool Exact,
    TimeSpan Duration,
    DateTimeOffset EstimatedEnd,
    long Rows,
    IReadOnlyList<PlannedWork> Items,
    int AlreadyStored,
    BudgetReport Budget
)
{
    internal static PopulationPlan Of(Plan plan, BudgetState budget, DateTimeOffset now)
    {
        var duration = budget.DurationOf(plan.Calls);
        return new PopulationPlan(
            plan.Calls,
            plan.Exact,
            duration,
            now + duration,
            plan.Rows,
            [
                .. plan
                    .Items.GroupBy(item => item.Work)
                    .Select(same => new PlannedWork(same.Key, same.Count(), same.Sum(item => item.Calls))),
            ],
            plan.AlreadyStored,
            BudgetReport.Of(budget)
        );
    }
}

/// <summary>Parts of a plan that do the same.</summary>
/// <param name="Work">What they do.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Calls">Calls of all of them.</param>
public sealed record PlannedWork(ItemWork Work, int Count, int Calls);
