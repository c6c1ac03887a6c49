using CleanPortfolio.Application.Pipeline;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Returns;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Returns;

/// <summary>What all portfolios of a customer returned as one; from the first transaction until today unless told otherwise.</summary>
public sealed record GetCustomerReturns(Id<Customer> CustomerId, DateOnly? From, DateOnly? To, FlowTiming? FlowTiming, Currency? Currency)
    : IRequest<ReturnsReport>;

internal sealed class GetCustomerReturnsRules : AbstractValidator<GetCustomerReturns>
{
    public GetCustomerReturnsRules(TimeProvider clock)
    {
        this.Range(request => request.From, request => request.To, clock);
        this.MajorCurrency(request => request.Currency);
    }
}

internal sealed class GetCustomerReturnsHandler(LedgerLoader loader, TimeProvider clock)
    : IRequestHandler<GetCustomerReturns, ReturnsReport>
{
    public async Task<ReturnsReport> Handle(GetCustomerReturns request, CancellationToken cancellationToken)
    {
        var loaded = await loader.OfCustomer(request.CustomerId, request.Currency, cancellationToken);
        var range = DateRange.Of(loaded, request.From, request.To, clock);
        return UseCases.Step("FoldReturns", () => Reporting.Returns(loaded, range, request.FlowTiming));
    }
}
