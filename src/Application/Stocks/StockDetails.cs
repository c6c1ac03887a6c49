using AutoMapper;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Stocks;

/// <summary>A listed security.</summary>
public sealed record StockDetails
{
    /// <summary>Identity; outlives the ticker.</summary>
    public required Id<Stock> Id { get; init; }

    /// <summary>Symbol; case matters.</summary>
    public required string Ticker { get; init; }

    /// <summary>Name; null while the provider has prices but no listing.</summary>
    public required string? Name { get; init; }

    /// <summary>Market identifier code of the primary exchange.</summary>
    public required string? Exchange { get; init; }

    /// <summary>Currency of its prices.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Provider's type code, for instance <c>CS</c>.</summary>
    public required string? Type { get; init; }

    /// <summary>Composite FIGI.</summary>
    public required string? Figi { get; init; }

    /// <summary>Still listed.</summary>
    public required bool Active { get; init; }

    /// <summary>First trading day, if known.</summary>
    public required DateOnly? ListedOn { get; init; }

    /// <summary>Day of delisting.</summary>
    public required DateOnly? DelistedOn { get; init; }
}

internal sealed class StockDetailsMap : Profile
{
    public StockDetailsMap() => CreateProjection<Stock, StockDetails>();
}
