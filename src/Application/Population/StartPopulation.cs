using CleanPortfolio.Application.Jobs;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Population;

/// <summary>
/// Starts a job that fetches listings, daily prices, splits and dividends, or exchange rates, from the provider, with as few calls as
/// there can be. What is stored for good is not asked again.
/// </summary>
public sealed record StartPopulation(PopulationDraft Draft) : IRequest<JobDetails>;

internal sealed class StartPopulationRules : AbstractValidator<StartPopulation>
{
    public StartPopulationRules(TimeProvider clock) => this.Draft(request => request.Draft, clock);
}

internal sealed class StartPopulationHandler(JobStarter starter, TimeProvider clock) : IRequestHandler<StartPopulation, JobDetails>
{
    public Task<JobDetails> Handle(StartPopulation request, CancellationToken cancellationToken) =>
        starter.Start(request.Draft.RequestedAt(clock.GetUtcNow()), cancellationToken);
}
