using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Customers;

/// <summary>Deletes a customer without portfolios; one that has some is refused, so that no ledger is lost by accident.</summary>
public sealed record DeleteCustomer(Id<Customer> CustomerId) : IRequest;

internal sealed class DeleteCustomerHandler(IDatabase database, IPreconditions preconditions) : IRequestHandler<DeleteCustomer, Unit>
{
    public async Task<Unit> Handle(DeleteCustomer request, CancellationToken cancellationToken)
    {
        var customer = await database.CustomerOf(request.CustomerId, cancellationToken);
        preconditions.Require(customer.Version);
        // The database would let them go with the customer, and nothing would tell of them.
        database.Accounts.RemoveRange(
            await database.Accounts.Where(account => account.CustomerId == request.CustomerId).ToListAsync(cancellationToken)
        );
        database.Customers.Remove(customer);
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
