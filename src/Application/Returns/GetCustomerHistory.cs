using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>The value, flows, cost and return of all portfolios of a customer as one, or of one stock in them, through time; from the first transaction until today unless told otherwise.</summary>
public sealed record GetCustomerHistory(
    Id<Customer> CustomerId,
    DateOnly? From,
    DateOnly? To,
    Resolution? Resolution,
    Id<Stock>? StockId,
    FlowTiming? FlowTiming,
    Currency? Currency
) : IRequest<HistoryReport>;

internal sealed class GetCustomerHistoryRules : AbstractValidator<GetCustomerHistory>
{
    public GetCustomerHistoryRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        this.MajorCurrency(request => request.Currency);
    }
}

internal sealed class GetCustomerHistoryHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<GetCustomerHistory, HistoryReport>
{
    public async Task<HistoryReport> Handle(GetCustomerHistory request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfCustomer(request.CustomerId, request.Currency, cancellationToken);
        await loader.EnsureStock(request.StockId, cancellationToken);
        var range = DateRange.Of(loaded, request.From, request.To, clock);
        return HistoryReport.Of(loaded, request.StockId, range, request.Resolution, request.FlowTiming);
    }
}
