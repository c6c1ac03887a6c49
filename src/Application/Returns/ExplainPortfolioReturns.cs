using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>Everything that made a portfolio's returns: flows, quantities, prices, rates, splits and lots, in order.</summary>
public sealed record ExplainPortfolioReturns(
    Id<Portfolio> PortfolioId,
    DateOnly? From,
    DateOnly? To,
    FlowTiming? FlowTiming,
    Currency? Currency
) : IRequest<ExplainReport>;

internal sealed class ExplainPortfolioReturnsRules : AbstractValidator<ExplainPortfolioReturns>
{
    public ExplainPortfolioReturnsRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        this.MajorCurrency(request => request.Currency);
    }
}

internal sealed class ExplainPortfolioReturnsHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<ExplainPortfolioReturns, ExplainReport>
{
    public async Task<ExplainReport> Handle(ExplainPortfolioReturns request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, request.Currency, cancellationToken);
        return Explaining.Of(loaded, DateRange.Of(loaded, request.From, request.To, clock), request.FlowTiming);
    }
}
