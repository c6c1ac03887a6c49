using AutoMapper;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Application.Portfolios;

/// <summary>A portfolio's settings.</summary>
public sealed record PortfolioDetails : IVersioned
{
    /// <summary>Identity.</summary>
    public required Id<Portfolio> Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>Display name, unique among the customer's portfolios.</summary>
    public required string Name { get; init; }

    /// <summary>Currency of every figure about it.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Whether its cash is part of it.</summary>
    public required CashMode Cash { get; init; }

    /// <summary>Which lots a sale consumes.</summary>
    public required CostMethod CostMethod { get; init; }

    /// <summary>Instant of opening.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Counts changes of the ledger and of the settings: in quotes, what If-Match asks for.</summary>
    public required long Version { get; init; }

    long? IVersioned.Version => Version;
}

internal sealed class PortfolioDetailsMap : Profile
{
    public PortfolioDetailsMap() => CreateMap<Portfolio, PortfolioDetails>();
}
