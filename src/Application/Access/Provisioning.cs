using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>Makes the first accounts and keys, for commands and for Development: outside of HTTP, where the operator of the machine decides.</summary>
public sealed class Provisioning(IDatabase database, IPasswords passwords, TimeProvider clock)
{
    /// <summary>The account with an e-mail address, made if there is none.</summary>
    /// <exception cref="FluentValidation.ValidationException">The password is too short or too easily guessed.</exception>
    public async Task<Account> Account(
        string email,
        Role role,
        Id<Customer>? customerId,
        string? password,
        CancellationToken cancellationToken
    )
    {
        if (await Find(email, cancellationToken) is { } known)
            return known;
        var account = new Account(email, role, customerId, clock.GetUtcNow());
        if (password is not null)
            await account.Give(password, passwords);
        database.Accounts.Add(account);
        await database.SaveChanges(cancellationToken);
        return account;
    }

    /// <summary>Gives all of these accounts one password.</summary>
    public async Task ChangePasswords(IEnumerable<Account> accounts, string password, CancellationToken cancellationToken)
    {
        foreach (var account in accounts)
            await account.Give(password, passwords);
        await database.SaveChanges(cancellationToken);
    }

    /// <summary>Assigns a customer to an adviser, unless it is.</summary>
    public async Task Assign(Account adviser, Id<Customer> customer, CancellationToken cancellationToken)
    {
        if (await database.Assignments.AnyAsync(one => one.AdviserId == adviser.Id && one.CustomerId == customer, cancellationToken))
            return;
        database.Assignments.Add(new Assignment(adviser.Id, customer));
        await database.SaveChanges(cancellationToken);
    }

    /// <summary>The account with an e-mail address, whatever its case; null if there is none.</summary>
    public Task<Account?> Find(string email, CancellationToken cancellationToken)
    {
        var key = Domain.Access.Account.KeyOf(email);
        return database.Accounts.FirstOrDefaultAsync(account => account.EmailKey == key, cancellationToken);
    }

    /// <summary>A new key of an account; good for a year.</summary>
    /// <param name="owner">The account that it calls for.</param>
    /// <param name="name">For people.</param>
    /// <param name="scopes">Of <see cref="Scopes.All"/>.</param>
    /// <param name="text">The key, or null for a random one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The secret.</returns>
    public async Task<string> Key(
        Account owner,
        string name,
        IReadOnlyList<string> scopes,
        ApiKeyText? text,
        CancellationToken cancellationToken
    )
    {
        var (secret, now) = (text ?? ApiKeyText.New(), clock.GetUtcNow());
        database.ApiKeys.Add(new ApiKey(owner, name, (secret.Prefix, secret.Hash), scopes, now + ApiKey.Longest, now));
        await database.SaveChanges(cancellationToken);
        return secret.Text;
    }

    /// <summary>
    /// The only key of its name that an account has. One that is there already stays, with all that is kept of its caller; the others go.
    /// </summary>
    /// <param name="owner">The account that it calls for.</param>
    /// <param name="name">For people.</param>
    /// <param name="scopes">Of <see cref="Scopes.All"/>.</param>
    /// <param name="text">The key, or null for a random one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The secret.</returns>
    public async Task<string> OnlyKey(
        Account owner,
        string name,
        IReadOnlyList<string> scopes,
        ApiKeyText? text,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var known = await database.ApiKeys.Where(key => key.AccountId == owner.Id && key.Name == name).ToListAsync(cancellationToken);
        var same = known.Find(key => text is not null && key.IsGood(now) && key.Hash.AsSpan().SequenceEqual(text.Hash));
        database.ApiKeys.RemoveRange(known.Where(key => key != same));
        await database.SaveChanges(cancellationToken);
        return same is null ? await Key(owner, name, scopes, text, cancellationToken) : text!.Text;
    }
}
