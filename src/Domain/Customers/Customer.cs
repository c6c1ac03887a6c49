namespace CleanPortfolio.Domain.Customers;

/// <summary>A person or firm whose portfolios are kept. The e-mail address is unique whatever its case.</summary>
public sealed class Customer
{
    private Customer() { }

    /// <summary>A customer registered at <paramref name="now"/>.</summary>
    public Customer(string name, string email, DateTimeOffset now)
    {
        Id = Id<Customer>.New(now);
        Name = name;
        Email = email;
        RegisteredAt = now;
    }

    /// <summary>Identity.</summary>
    public Id<Customer> Id { get; private set; }

    /// <summary>Display name, 1 to 200 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>E-mail address as the customer writes it; compared without regard to case.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Instant of registration.</summary>
    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>Another one after each change; the database gives it.</summary>
    public uint Version { get; private set; }

    /// <summary>Changes what is given and leaves the rest.</summary>
    public void Update(string? name, string? email)
    {
        Name = name ?? Name;
        Email = email ?? Email;
    }

    /// <summary>Forgets who it is; its identity and its portfolios stay.</summary>
    public void Erase() => (Name, Email) = ("erased", $"erased-{Id}@invalid");
}
