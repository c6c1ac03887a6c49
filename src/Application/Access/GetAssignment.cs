using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>Whether a customer is assigned to an adviser: 404 if not.</summary>
public sealed record GetAssignment(Id<Account> AccountId, Id<Customer> CustomerId) : IRequest<AssignmentDetails>;

internal sealed class GetAssignmentHandler(IDatabase database) : IRequestHandler<GetAssignment, AssignmentDetails>
{
    public async Task<AssignmentDetails> Handle(GetAssignment request, CancellationToken cancellationToken)
    {
        var found = await database.AssignmentOf(request.AccountId, request.CustomerId, cancellationToken);
        return new AssignmentDetails(found.AdviserId, found.CustomerId);
    }
}

internal static class AssignmentFinding
{
    public static async Task<Assignment> AssignmentOf(
        this IDatabase database,
        Id<Account> accountId,
        Id<Customer> customerId,
        CancellationToken cancellationToken
    )
    {
        var found = await database.Assignments.FirstOrDefaultAsync(
            assignment => assignment.AdviserId == accountId && assignment.CustomerId == customerId,
            cancellationToken
        );
        return NotFound.Unless(found, "assignment", $"of {customerId} to {accountId}");
    }
}
