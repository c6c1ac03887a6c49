using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Population;

/// <summary>Tells what a population would do: its calls, how long they take at the key's rate, the rows to expect. Nobody is asked and nothing is written.</summary>
public sealed record PlanPopulation(PopulationDraft Draft) : IRequest<PopulationPlan>;

/// <summary>What to populate.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; yesterday in New York if absent.</param>
/// <param name="Tickers">
/// At most 2000: stocks by ticker, pairs of currencies like <c>C:EURUSD</c>; case matters. Absent: the whole stock market, session by session.
/// </param>
/// <param name="Refresh">Asks again for days that are stored for good too; false if absent.</param>
public sealed record PopulationDraft(DateOnly From, DateOnly? To = null, IReadOnlyList<string>? Tickers = null, bool Refresh = false)
{
    internal JobRequest RequestedAt(DateTimeOffset now)
    {
        var to = To ?? UsMarketCalendar.DateOf(now).AddDays(-1);
        return new JobRequest(Tickers is null ? JobKind.MarketPopulation : JobKind.StockPopulation, From, to < From ? From : to)
        {
            Tickers = Tickers?.Distinct(StringComparer.Ordinal).ToList(),
            Refresh = Refresh,
        };
    }
}

internal sealed class PlanPopulationRules : AbstractValidator<PlanPopulation>
{
    public PlanPopulationRules(TimeProvider clock) => this.Draft(request => request.Draft, clock);
}

internal sealed class PlanPopulationHandler(JobStarter starter, TimeProvider clock) : IRequestHandler<PlanPopulation, PopulationPlan>
{
    public Task<PopulationPlan> Handle(PlanPopulation request, CancellationToken cancellationToken) =>
        starter.Plan(request.Draft.RequestedAt(clock.GetUtcNow()), cancellationToken);
}
