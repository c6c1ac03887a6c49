using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Auditing;
using CleanPortfolio.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Customers;

/// <summary>
/// Erases for good what tells who a customer is: name, e-mail address, accounts, names of portfolios, notes, keys and origins of imported files. Ledgers
/// and all figures stay as they are, of nobody in particular.
/// </summary>
public sealed record DeletePersonalData(Id<Customer> CustomerId) : IRequest;

internal sealed class DeletePersonalDataHandler(IDatabase database, IPreconditions preconditions, IPersonalDataStore store, IAuditLog audit)
    : IRequestHandler<DeletePersonalData, Unit>
{
    public async Task<Unit> Handle(DeletePersonalData request, CancellationToken cancellationToken)
    {
        var customer = await database.CustomerOf(request.CustomerId, cancellationToken);
        preconditions.Require(customer.Version);
        customer.Erase();
        var portfolios = await database
            .Portfolios.Where(portfolio => portfolio.CustomerId == request.CustomerId)
            .ToListAsync(cancellationToken);
        portfolios.ForEach(portfolio => portfolio.Erase());
        database.Accounts.RemoveRange(
            await database.Accounts.Where(account => account.CustomerId == request.CustomerId).ToListAsync(cancellationToken)
        );
        audit.Add(AuditActions.Erased, "customer", customer.Id.ToString());
        await store.SaveAndErase(customer.Id, cancellationToken);
        return Unit.Value;
    }
}
