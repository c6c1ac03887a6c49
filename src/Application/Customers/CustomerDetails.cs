using AutoMapper;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Application.Customers;

/// <summary>A customer.</summary>
public sealed record CustomerDetails
{
    /// <summary>Identity.</summary>
    public required Id<Customer> Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail address as the customer writes it.</summary>
    public required string Email { get; init; }

    /// <summary>Instant of registration.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }
}

internal sealed class CustomerDetailsMap : Profile
{
    public CustomerDetailsMap() => CreateMap<Customer, CustomerDetails>();
}
