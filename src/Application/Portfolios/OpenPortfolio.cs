using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Portfolios;

/// <summary>Opens a portfolio for a customer.</summary>
public sealed record OpenPortfolio(Id<Customer> CustomerId, PortfolioDraft Draft) : IRequest<PortfolioDetails>;

/// <summary>A new portfolio.</summary>
/// <param name="Name">Display name, 1 to 200 characters, unique among the customer's portfolios.</param>
/// <param name="Currency">Currency of every figure about it, no minor unit; can't change later.</param>
/// <param name="Cash"><c>external</c> (securities only) or <c>tracked</c> (a cash balance too).</param>
/// <param name="CostMethod">Which lots a sale consumes.</param>
public sealed record PortfolioDraft(
    string Name,
    Currency Currency,
    CashMode Cash = CashMode.External,
    CostMethod CostMethod = CostMethod.Fifo
);

internal sealed class OpenPortfolioRules : AbstractValidator<OpenPortfolio>
{
    public OpenPortfolioRules()
    {
        RuleFor(request => request.Draft.Name).Name();
        RuleFor(request => request.Draft.Currency).Major();
    }
}

internal sealed class OpenPortfolioHandler(IDatabase database, IMapper mapper, TimeProvider clock)
    : IRequestHandler<OpenPortfolio, PortfolioDetails>
{
    public async Task<PortfolioDetails> Handle(OpenPortfolio request, CancellationToken cancellationToken)
    {
        await database.Require(request.CustomerId, cancellationToken);
        var (name, currency, cash, costMethod) = request.Draft;
        var portfolio = new Portfolio(request.CustomerId, name.Trim(), currency, cash, costMethod, clock.GetUtcNow());
        database.Portfolios.Add(portfolio);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<PortfolioDetails>(portfolio);
    }
}
