using CleanPortfolio.Application.Pipeline;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>What a portfolio returned; from its first transaction until today unless told otherwise.</summary>
public sealed record GetPortfolioReturns(
    Id<Portfolio> PortfolioId,
    DateOnly? From,
    DateOnly? To,
    FlowTiming? FlowTiming,
    Currency? Currency
) : IRequest<ReturnsReport>;

internal sealed class GetPortfolioReturnsRules : AbstractValidator<GetPortfolioReturns>
{
    public GetPortfolioReturnsRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        this.MajorCurrency(request => request.Currency);
    }
}

internal sealed class GetPortfolioReturnsHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<GetPortfolioReturns, ReturnsReport>
{
    public async Task<ReturnsReport> Handle(GetPortfolioReturns request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, request.Currency, cancellationToken);
        var range = DateRange.Of(loaded, request.From, request.To, clock);
        return UseCases.Step("FoldReturns", () => Reporting.Returns(loaded, range, request.FlowTiming));
    }
}
