using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>The customers assigned to an adviser, those registered first first.</summary>
public sealed record ListAssignments(Id<Account> AccountId, string? Cursor, int? Limit) : IRequest<Page<AssignmentDetails>>;

internal sealed class ListAssignmentsRules : AbstractValidator<ListAssignments>
{
    public ListAssignmentsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListAssignmentsHandler(IDatabase database) : IRequestHandler<ListAssignments, Page<AssignmentDetails>>
{
    public async Task<Page<AssignmentDetails>> Handle(ListAssignments request, CancellationToken cancellationToken)
    {
        _ = await database.AccountOf(request.AccountId, cancellationToken);
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var assignments = database.Assignments.Where(assignment => assignment.AdviserId == request.AccountId);
        if (Cursor.Guid(request.Cursor) is { } after)
            assignments = assignments.Where(assignment => assignment.CustomerId > new Id<Customer>(after));
        var page = await assignments
            .OrderBy(assignment => assignment.CustomerId)
            .Take(limit + 1)
            .Select(assignment => new AssignmentDetails(assignment.AdviserId, assignment.CustomerId))
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, assignment => [assignment.CustomerId]);
    }
}
