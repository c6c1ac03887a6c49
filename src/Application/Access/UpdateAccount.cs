using AutoMapper;
using CleanPortfolio.Application.Customers;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Changes what is given of an account and leaves the rest. Its sessions end.</summary>
public sealed record UpdateAccount(Id<Account> AccountId, AccountChanges Changes) : IRequest<AccountDetails>;

/// <summary>New values; what is absent or null stays.</summary>
/// <param name="Email">E-mail address by which it signs in; unique whatever its case.</param>
/// <param name="Role">What it may do; with another role than customer it is no longer of one.</param>
/// <param name="CustomerId">The customer that it is of; for the role customer only.</param>
/// <param name="IsDisabled">Whether it, and every key of it, is shut out.</param>
/// <param name="Password">12 to 128 characters, not easily guessed.</param>
public sealed record AccountChanges(
    string? Email = null,
    Role? Role = null,
    Id<Customer>? CustomerId = null,
    bool? IsDisabled = null,
    string? Password = null
);

internal sealed class UpdateAccountRules : AbstractValidator<UpdateAccount>
{
    public UpdateAccountRules()
    {
        RuleFor(request => request.Changes.Email).Email();
        RuleFor(request => request.Changes.Role).IsInEnum();
        RuleFor(request => request.Changes.Password).MaximumLength(1024);
    }
}

internal sealed class UpdateAccountHandler(
    IDatabase database,
    ICaller caller,
    IPasswords passwords,
    IMapper mapper,
    IPreconditions preconditions
) : IRequestHandler<UpdateAccount, AccountDetails>
{
    public async Task<AccountDetails> Handle(UpdateAccount request, CancellationToken cancellationToken)
    {
        var account = await database.AccountOf(request.AccountId, cancellationToken);
        var (email, role, customerId, isDisabled, password) = request.Changes;
        if (account.Id == caller.Current.AccountId && (role ?? Role.Admin, isDisabled) is not (Role.Admin, null or false))
            throw new RuleBroken("account.self", "An administrator can't shut itself out; another one can.");
        if (customerId is { } id)
            await database.Require(id, cancellationToken);
        preconditions.Require(account.Version);
        var next = role ?? account.Role;
        if (email is not null || role is not null || customerId is not null)
            account.Become(email ?? account.Email, next, customerId ?? (next is Role.Customer ? account.CustomerId : null));
        if (isDisabled is { } disabled)
            account.Disable(disabled);
        if (password is not null)
            await account.Give(password, passwords);
        await database.SaveChanges(cancellationToken);
        return mapper.Map<AccountDetails>(account);
    }
}
