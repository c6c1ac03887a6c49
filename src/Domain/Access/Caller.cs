using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Domain.Access;

/// <summary>Who asks for something.</summary>
/// <param name="Key">Identity that never passes to anybody else: <c>user:</c> or <c>key:</c> and an id, <c>oidc:</c> and another issuer's subject, <c>system</c> or <c>anonymous</c>.</param>
/// <param name="Name">For people who read the audit log.</param>
/// <param name="Role">What kind of caller it is.</param>
/// <param name="Reach">Whose data it may see.</param>
public sealed record Caller(string Key, string Name, Role Role, Reach Reach)
{
    /// <summary>The program itself: jobs, schedules, commands.</summary>
    public static Caller System { get; } = new("system", "system", Role.Admin, Reach.Everybody);

    /// <summary>Nobody in particular, who reaches nothing.</summary>
    public static Caller Anonymous { get; } = new("anonymous", "anonymous", Role.Service, Reach.Nobody);

    /// <summary>What its API key allows; of no meaning for other roles.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The account that calls, or for which a program calls; null for <see cref="System"/> and for nobody.</summary>
    public Id<Account>? AccountId { get; init; }

    /// <summary>Role of the account for which a program calls, beyond which no scope leads; null for other callers.</summary>
    public Role? OwnerRole { get; init; }

    /// <summary>Where it calls from; null when that is not known.</summary>
    public string? Address { get; init; }
}

/// <summary>Whose data a caller may see. What is out of reach is to it as if it were not there.</summary>
/// <param name="IsUnlimited">All customers.</param>
/// <param name="AdviserId">The account whose assigned customers are within reach; null when none are by assignment.</param>
/// <param name="CustomerId">The one customer within reach; null when none is.</param>
public sealed record Reach(bool IsUnlimited, Id<Account>? AdviserId, Id<Customer>? CustomerId)
{
    /// <summary>All customers.</summary>
    public static Reach Everybody { get; } = new(IsUnlimited: true, null, null);

    /// <summary>No customer.</summary>
    public static Reach Nobody { get; } = new(IsUnlimited: false, null, null);

    /// <summary>The customers assigned to an adviser's account.</summary>
    public static Reach Assigned(Id<Account> adviser) => new(IsUnlimited: false, adviser, null);

    /// <summary>One customer.</summary>
    public static Reach Own(Id<Customer> customer) => new(IsUnlimited: false, null, customer);
}
