using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Takes a customer from an adviser, who no longer reaches it.</summary>
public sealed record DeleteAssignment(Id<Account> AccountId, Id<Customer> CustomerId) : IRequest;

internal sealed class DeleteAssignmentHandler(IDatabase database, IPreconditions preconditions) : IRequestHandler<DeleteAssignment, Unit>
{
    public async Task<Unit> Handle(DeleteAssignment request, CancellationToken cancellationToken)
    {
        var assignment = await database.AssignmentOf(request.AccountId, request.CustomerId, cancellationToken);
        preconditions.Require(1);
        database.Assignments.Remove(assignment);
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
