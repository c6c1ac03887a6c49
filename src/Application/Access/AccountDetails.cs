using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Application.Access;

/// <summary>An account.</summary>
public sealed record AccountDetails : IVersioned
{
    /// <summary>Identity.</summary>
    public required Id<Account> Id { get; init; }

    /// <summary>E-mail address by which it signs in.</summary>
    public required string Email { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>The customer that it is of; null unless the role is customer.</summary>
    public required Id<Customer>? CustomerId { get; init; }

    /// <summary>Whether it, and every key of it, is shut out.</summary>
    public required bool IsDisabled { get; init; }

    /// <summary>Instant of its making.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Another one after each change; the ETag says the same.</summary>
    public required uint Version { get; init; }

    long? IVersioned.Version => Version;
}

internal sealed class AccountDetailsMap : Profile
{
    public AccountDetailsMap() => CreateMap<Account, AccountDetails>();
}
