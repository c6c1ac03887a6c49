using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Portfolios;

/// <summary>Changes what is given of a portfolio's settings and leaves the rest; the ledger is not touched.</summary>
public sealed record UpdatePortfolio(Id<Portfolio> PortfolioId, PortfolioChanges Changes) : IRequest<PortfolioDetails>;

/// <summary>New values; what is absent or null stays.</summary>
/// <param name="Name">Display name, 1 to 200 characters, unique among the customer's portfolios.</param>
/// <param name="Cash">Whether cash is part of the portfolio.</param>
/// <param name="CostMethod">Which lots a sale consumes.</param>
public sealed record PortfolioChanges(string? Name = null, CashMode? Cash = null, CostMethod? CostMethod = null);

internal sealed class UpdatePortfolioRules : AbstractValidator<UpdatePortfolio>
{
    public UpdatePortfolioRules() => RuleFor(request => request.Changes.Name).Name();
}

internal sealed class UpdatePortfolioHandler(IDatabase database, IMapper mapper, IPreconditions preconditions)
    : IRequestHandler<UpdatePortfolio, PortfolioDetails>
{
    public async Task<PortfolioDetails> Handle(UpdatePortfolio request, CancellationToken cancellationToken)
    {
        var portfolio = await database.PortfolioOf(request.PortfolioId, cancellationToken);
        preconditions.Require(portfolio.Version);
        portfolio.Update(request.Changes.Name?.Trim(), request.Changes.Cash, request.Changes.CostMethod);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<PortfolioDetails>(portfolio);
    }
}
