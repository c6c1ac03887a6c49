using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Customers;

/// <summary>One customer.</summary>
public sealed record GetCustomer(Id<Customer> CustomerId) : IRequest<CustomerDetails>;

internal sealed class GetCustomerHandler(IDatabase database, IMapper mapper) : IRequestHandler<GetCustomer, CustomerDetails>
{
    public async Task<CustomerDetails> Handle(GetCustomer request, CancellationToken cancellationToken)
    {
        var customer = await database
            .Customers.Where(customer => customer.Id == request.CustomerId)
            .ProjectTo<CustomerDetails>(mapper.ConfigurationProvider)
            .FirstOrDefaultAsync(cancellationToken);
        return NotFound.Unless(customer, "customer", request.CustomerId);
    }
}
