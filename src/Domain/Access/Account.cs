using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Domain.Access;

/// <summary>Somebody who can sign in.</summary>
public sealed class Account
{
    private Account() { }

    /// <summary>An account made at <paramref name="now"/>.</summary>
    /// <param name="email">E-mail address by which it signs in; unique whatever its case.</param>
    /// <param name="role">Any but <see cref="Role.Service"/>.</param>
    /// <param name="customerId">The customer that it is of; null unless the role is <see cref="Role.Customer"/>.</param>
    /// <param name="now">The instant.</param>
    public Account(string email, Role role, Id<Customer>? customerId, DateTimeOffset now)
    {
        Id = Id<Account>.New(now);
        Email = email;
        Role = role;
        CustomerId = customerId;
        CreatedAt = now;
    }

    /// <summary>Identity.</summary>
    public Id<Account> Id { get; private set; }

    /// <summary>E-mail address by which it signs in; unique whatever its case.</summary>
    public string Email { get; private set; } = "";

    /// <summary>What it may do.</summary>
    public Role Role { get; private set; }

    /// <summary>The customer that it is of; null unless the role is <see cref="Role.Customer"/>.</summary>
    public Id<Customer>? CustomerId { get; private set; }

    /// <summary>Instant of its making.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Whose data it may see.</summary>
    public Reach Reach =>
        Role switch
        {
            Role.Admin => Reach.Everybody,
            Role.Adviser => Reach.Assigned(Id),
            Role.Customer when CustomerId is { } own => Reach.Own(own),
            _ => Reach.Nobody,
        };
}

/// <summary>A customer whom an adviser looks after.</summary>
/// <param name="AdviserId">The adviser's account.</param>
/// <param name="CustomerId">The customer.</param>
public sealed record Assignment(Id<Account> AdviserId, Id<Customer> CustomerId);
