using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>Everything that made the returns of all portfolios of a customer: flows, quantities, prices, rates, splits and lots, in order.</summary>
public sealed record ExplainCustomerReturns(
    Id<Customer> CustomerId,
    DateOnly? From,
    DateOnly? To,
    FlowTiming? FlowTiming,
    Currency? Currency
) : IRequest<ExplainReport>;

internal sealed class ExplainCustomerReturnsRules : AbstractValidator<ExplainCustomerReturns>
{
    public ExplainCustomerReturnsRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        this.MajorCurrency(request => request.Currency);
    }
}

internal sealed class ExplainCustomerReturnsHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<ExplainCustomerReturns, ExplainReport>
{
    public async Task<ExplainReport> Handle(ExplainCustomerReturns request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfCustomer(request.CustomerId, request.Currency, cancellationToken);
        return Explaining.Of(loaded, DateRange.Of(loaded, request.From, request.To, clock), request.FlowTiming);
    }
}
