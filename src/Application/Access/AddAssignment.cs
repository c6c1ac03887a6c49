using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>Assigns a customer to an adviser, who reaches it from now on; once more changes nothing.</summary>
public sealed record AddAssignment(Id<Account> AccountId, Id<Customer> CustomerId) : IRequest<AssignmentDetails>;

/// <summary>That an adviser looks after a customer.</summary>
/// <param name="AccountId">The adviser's account.</param>
/// <param name="CustomerId">The customer.</param>
public sealed record AssignmentDetails(Id<Account> AccountId, Id<Customer> CustomerId) : IVersioned
{
    // It is there or not.
    long? IVersioned.Version => 1;
}

internal sealed class AddAssignmentHandler(IDatabase database, IPreconditions preconditions)
    : IRequestHandler<AddAssignment, AssignmentDetails>
{
    public async Task<AssignmentDetails> Handle(AddAssignment request, CancellationToken cancellationToken)
    {
        var account = await database.AccountOf(request.AccountId, cancellationToken);
        await database.Require(request.CustomerId, cancellationToken);
        if (account.Role is not Role.Adviser)
            throw new RuleBroken("account.notAdviser", "Customers are assigned to accounts of the role adviser only.");
        var isThere = await database.Assignments.AnyAsync(
            assignment => assignment.AdviserId == request.AccountId && assignment.CustomerId == request.CustomerId,
            cancellationToken
        );
        preconditions.Require(isThere ? 1 : null);
        if (!isThere)
            database.Assignments.Add(new Assignment(request.AccountId, request.CustomerId));
        await database.SaveChanges(cancellationToken);
        return new AssignmentDetails(request.AccountId, request.CustomerId);
    }
}
