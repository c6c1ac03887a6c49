using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Customers;

/// <summary>Changes what is given of a customer and leaves the rest.</summary>
public sealed record UpdateCustomer(Id<Customer> CustomerId, CustomerChanges Changes) : IRequest<CustomerDetails>;

/// <summary>New values; what is absent or null stays.</summary>
/// <param name="Name">Display name, 1 to 200 characters.</param>
/// <param name="Email">E-mail address; unique whatever its case.</param>
public sealed record CustomerChanges(string? Name = null, string? Email = null);

internal sealed class UpdateCustomerRules : AbstractValidator<UpdateCustomer>
{
    public UpdateCustomerRules()
    {
        RuleFor(request => request.Changes.Name).Name();
        RuleFor(request => request.Changes.Email).Email();
    }
}

internal sealed class UpdateCustomerHandler(IDatabase database, IMapper mapper, IPreconditions preconditions)
    : IRequestHandler<UpdateCustomer, CustomerDetails>
{
    public async Task<CustomerDetails> Handle(UpdateCustomer request, CancellationToken cancellationToken)
    {
        var customer = await database.CustomerOf(request.CustomerId, cancellationToken);
        preconditions.Require(customer.Version);
        customer.Update(request.Changes.Name?.Trim(), request.Changes.Email);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<CustomerDetails>(customer);
    }
}
