using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Application.Customers;

/// <summary>A customer.</summary>
public sealed record CustomerDetails : IVersioned
{
    /// <summary>Identity.</summary>
    public required Id<Customer> Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail address as the customer writes it.</summary>
    public required string Email { get; init; }

    /// <summary>Instant of registration.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Another one after each change: in quotes, what If-Match asks for.</summary>
    public required uint Version { get; init; }

    long? IVersioned.Version => Version;
}

internal sealed class CustomerDetailsMap : Profile
{
    public CustomerDetailsMap() => CreateMap<Customer, CustomerDetails>();
}
