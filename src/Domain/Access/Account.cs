using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Domain.Access;

/// <summary>Somebody who can sign in.</summary>
public sealed class Account
{
    private Account() { }

    /// <summary>An account made at <paramref name="now"/>, without a password.</summary>
    /// <param name="email">E-mail address by which it signs in; unique whatever its case.</param>
    /// <param name="role">Any but <see cref="Role.Service"/>.</param>
    /// <param name="customerId">The customer that it is of; given for the role <see cref="Role.Customer"/> and for no other.</param>
    /// <param name="now">The instant.</param>
    /// <exception cref="RuleBroken"><c>account.role</c>, <c>account.customer</c>.</exception>
    public Account(string email, Role role, Id<Customer>? customerId, DateTimeOffset now)
    {
        Id = Id<Account>.New(now);
        CreatedAt = now;
        Become(email, role, customerId);
    }

    /// <summary>Identity.</summary>
    public Id<Account> Id { get; private set; }

    /// <summary>E-mail address by which it signs in; unique whatever its case.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The address in lower case, by which it is found.</summary>
    public string EmailKey { get; private set; } = "";

    /// <summary>What it may do.</summary>
    public Role Role { get; private set; }

    /// <summary>The customer that it is of; null unless the role is <see cref="Role.Customer"/>.</summary>
    public Id<Customer>? CustomerId { get; private set; }

    /// <summary>Salted hash of the password; null when it can't sign in with one.</summary>
    public string? PasswordHash { get; private set; }

    /// <summary>Renewed when sessions that began before must end.</summary>
    public Guid Stamp { get; private set; }

    /// <summary>Whether it, and every key of it, is shut out.</summary>
    public bool IsDisabled { get; private set; }

    /// <summary>Instant of its making.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Another one after each change; the database's.</summary>
    public uint Version { get; private set; }

    /// <summary>Whose data it may see.</summary>
    public Reach Reach =>
        Role switch
        {
            Role.Admin => Reach.Everybody,
            Role.Adviser => Reach.Assigned(Id),
            Role.Customer when CustomerId is { } own => Reach.Own(own),
            _ => Reach.Nobody,
        };

    /// <summary>How addresses that differ in case only are told to be one.</summary>
    public static string KeyOf(string email) => email.ToLowerInvariant();

    /// <summary>Another address, role or customer; ends its sessions.</summary>
    /// <exception cref="RuleBroken"><c>account.role</c>, <c>account.customer</c>.</exception>
    public void Become(string email, Role role, Id<Customer>? customerId)
    {
        if (role is Role.Service)
            throw new RuleBroken("account.role", "Programs have no accounts: they call with an API key of one.");
        if (role is Role.Customer != customerId is not null)
            throw new RuleBroken("account.customer", "An account of the role customer is of one customer, and no other account is.");
        (Email, EmailKey, Role, CustomerId) = (email, KeyOf(email), role, customerId);
        Renew();
    }

    /// <summary>Another password; ends its sessions.</summary>
    /// <param name="hash">Salted hash of it.</param>
    public void ChangePassword(string hash)
    {
        PasswordHash = hash;
        Renew();
    }

    /// <summary>The same password, hashed by stronger means.</summary>
    public void Rehash(string hash) => PasswordHash = hash;

    /// <summary>Shuts it out, or lets it in again; ends its sessions.</summary>
    public void Disable(bool isDisabled)
    {
        IsDisabled = isDisabled;
        Renew();
    }

    private void Renew() => Stamp = Guid.NewGuid();
}

/// <summary>A customer whom an adviser looks after.</summary>
/// <param name="AdviserId">The adviser's account.</param>
/// <param name="CustomerId">The customer.</param>
public sealed record Assignment(Id<Account> AdviserId, Id<Customer> CustomerId);
