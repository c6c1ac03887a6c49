using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Customers;

/// <summary>Registers a customer; one whom an adviser registers is assigned to that adviser.</summary>
public sealed record RegisterCustomer(CustomerDraft Draft) : IRequest<CustomerDetails>;

/// <summary>A new customer.</summary>
/// <param name="Name">Display name, 1 to 200 characters.</param>
/// <param name="Email">E-mail address; unique whatever its case.</param>
public sealed record CustomerDraft(string Name, string Email);

internal sealed class RegisterCustomerRules : AbstractValidator<RegisterCustomer>
{
    public RegisterCustomerRules()
    {
        RuleFor(request => request.Draft.Name).Name();
        RuleFor(request => request.Draft.Email).Email();
    }
}

internal static class EmailRule
{
    private const string Text = "must be an e-mail address of at most 254 characters.";

    public static void Email<T>(this IRuleBuilder<T, string?> rule) =>
        rule.EmailAddress()
            .WithMessage(Text)
            .MaximumLength(254)
            .WithMessage(Text)
            .Must(email => email?.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) != true)
            .WithMessage(Text);
}

internal sealed class RegisterCustomerHandler(IDatabase database, ICaller caller, IMapper mapper, TimeProvider clock)
    : IRequestHandler<RegisterCustomer, CustomerDetails>
{
    public async Task<CustomerDetails> Handle(RegisterCustomer request, CancellationToken cancellationToken)
    {
        var customer = new Customer(request.Draft.Name.Trim(), request.Draft.Email, clock.GetUtcNow());
        database.Customers.Add(customer);
        if (caller.Current.Reach.AdviserId is { } adviser)
            database.Assignments.Add(new Assignment(adviser, customer.Id));
        await database.SaveChanges(cancellationToken);
        return mapper.Map<CustomerDetails>(customer);
    }
}
