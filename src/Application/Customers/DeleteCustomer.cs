using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Customers;

/// <summary>Deletes a customer without portfolios; one that has some is refused, so that no ledger is lost by accident.</summary>
public sealed record DeleteCustomer(Id<Customer> CustomerId) : IRequest;

internal sealed class DeleteCustomerHandler(IDatabase database) : IRequestHandler<DeleteCustomer, Unit>
{
    public async Task<Unit> Handle(DeleteCustomer request, CancellationToken cancellationToken)
    {
        var found = await database.Customers.FirstOrDefaultAsync(customer => customer.Id == request.CustomerId, cancellationToken);
        database.Customers.Remove(NotFound.Unless(found, "customer", request.CustomerId));
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
