using AutoMapper;
using CleanPortfolio.Application.Customers;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Makes an account, by which somebody can sign in.</summary>
public sealed record CreateAccount(AccountDraft Draft) : IRequest<AccountDetails>;

/// <summary>A new account.</summary>
/// <param name="Email">E-mail address by which it signs in; unique whatever its case.</param>
/// <param name="Role">What it may do: admin, operator, adviser or customer.</param>
/// <param name="CustomerId">The customer that it is of; given for the role customer and for no other.</param>
/// <param name="Password">12 to 128 characters, not easily guessed; without one only another issuer's tokens open it.</param>
public sealed record AccountDraft(string Email, Role Role, Id<Customer>? CustomerId = null, string? Password = null);

internal sealed class CreateAccountRules : AbstractValidator<CreateAccount>
{
    public CreateAccountRules()
    {
        RuleFor(request => request.Draft.Email).NotEmpty().Email();
        RuleFor(request => request.Draft.Role).IsInEnum();
        RuleFor(request => request.Draft.Password).MaximumLength(1024);
    }
}

internal sealed class CreateAccountHandler(IDatabase database, IPasswords passwords, IMapper mapper, TimeProvider clock)
    : IRequestHandler<CreateAccount, AccountDetails>
{
    public async Task<AccountDetails> Handle(CreateAccount request, CancellationToken cancellationToken)
    {
        var (email, role, customerId, password) = request.Draft;
        var account = new Account(email, role, customerId, clock.GetUtcNow());
        if (customerId is { } id)
            await database.Require(id, cancellationToken);
        if (password is not null)
            await account.Give(password, passwords);
        database.Accounts.Add(account);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<AccountDetails>(account);
    }
}
