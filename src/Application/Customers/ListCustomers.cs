using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Customers;

/// <summary>All customers, oldest first, or the one with an e-mail address.</summary>
public sealed record ListCustomers(string? Email, string? Cursor, int? Limit) : IRequest<Page<CustomerDetails>>;

internal sealed class ListCustomersRules : AbstractValidator<ListCustomers>
{
    public ListCustomersRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListCustomersHandler(IDatabase database, IMapper mapper) : IRequestHandler<ListCustomers, Page<CustomerDetails>>
{
    public async Task<Page<CustomerDetails>> Handle(ListCustomers request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var customers = database.Customers.AsQueryable();
        if (request.Email is { } email)
            customers = customers.Where(customer => customer.Email.ToLower() == email.ToLower());
        if (Cursor.Guid(request.Cursor) is { } after)
            customers = customers.Where(customer => customer.Id > new Id<Customer>(after));
        var page = await customers
            .OrderBy(customer => customer.Id)
            .Take(limit + 1)
            .ProjectTo<CustomerDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, customer => [customer.Id]);
    }
}
