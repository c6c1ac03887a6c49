using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>The value, flows, cost and return of a portfolio, or of one stock in it, through time; from its first transaction until today unless told otherwise.</summary>
public sealed record GetPortfolioHistory(
    Id<Portfolio> PortfolioId,
    DateOnly? From,
    DateOnly? To,
    Resolution? Resolution,
    Id<Stock>? StockId,
    FlowTiming? FlowTiming,
    Currency? Currency
) : IRequest<HistoryReport>;

internal sealed class GetPortfolioHistoryRules : AbstractValidator<GetPortfolioHistory>
{
    public GetPortfolioHistoryRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        this.MajorCurrency(request => request.Currency);
    }
}

internal sealed class GetPortfolioHistoryHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<GetPortfolioHistory, HistoryReport>
{
    public async Task<HistoryReport> Handle(GetPortfolioHistory request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfPortfolio(request.PortfolioId, request.Currency, cancellationToken);
        await loader.EnsureStock(request.StockId, cancellationToken);
        var range = DateRange.Of(loaded, request.From, request.To, clock);
        return HistoryReport.Of(loaded, request.StockId, range, request.Resolution, request.FlowTiming);
    }
}
