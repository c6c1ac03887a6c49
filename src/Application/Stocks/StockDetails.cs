using AutoMapper;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Stocks;

/// <summary>A listed security.</summary>
public sealed record StockDetails
{
    /// <summary>Identity; outlives the ticker.</summary>
    public required Id<Stock> Id { get; init; }

    /// <summary>Symbol, now or last; case matters.</summary>
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

    /// <summary>Day since which the provider lists it neither as active nor as delisted; null while it does.</summary>
    public required DateOnly? AbsentSince { get; init; }

    /// <summary>The tickers that it bears and bore, oldest first.</summary>
    public required IReadOnlyList<SymbolDetails> Symbols { get; init; }
}

/// <summary>A ticker of a stock.</summary>
public sealed record SymbolDetails
{
    /// <summary>The ticker; case matters.</summary>
    public required string Ticker { get; init; }

    /// <summary>First day; null when it is not known.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>Last day; null while the stock bears it.</summary>
    public required DateOnly? To { get; init; }
}

internal sealed class StockDetailsMap : Profile
{
    public StockDetailsMap()
    {
        CreateProjection<Symbol, SymbolDetails>();
        CreateProjection<Stock, StockDetails>()
            .ForMember(
                details => details.Symbols,
                map => map.MapFrom(stock => stock.Symbols.OrderBy(symbol => symbol.From ?? DateOnly.MinValue))
            );
    }
}
