using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Ports;

/// <summary>Looks through stored prices and rates for what stands out. What it answers may be in order: the caller judges.</summary>
public interface IMarketQuality
{
    /// <summary>
    /// The prices of <paramref name="stocks"/> in a range that follow the one before at a distance (further than a weekend, or within the
    /// week not the next day), or open more than 1.4 times away from its close. Those of one stock ascending by date.
    /// </summary>
    Task<IReadOnlyList<PriceStep>> Steps(
        IReadOnlyCollection<Id<Stock>> stocks,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    );

    /// <summary>The rates in a range that follow the one before of their pair after more than <paramref name="days"/> days; ascending by pair and date.</summary>
    Task<IReadOnlyList<RateStep>> RateSteps(DateOnly from, DateOnly to, int days, CancellationToken cancellationToken);
}

/// <summary>A price and the one before of the same stock.</summary>
/// <param name="StockId">The stock.</param>
/// <param name="BeforeDate">Session of the price before.</param>
/// <param name="BeforeClose">Its close.</param>
/// <param name="Date">Session.</param>
/// <param name="Open">Its first price.</param>
public readonly record struct PriceStep(Id<Stock> StockId, DateOnly BeforeDate, decimal BeforeClose, DateOnly Date, decimal Open);

/// <summary>A rate and the one before of the same pair.</summary>
/// <param name="Base">Base.</param>
/// <param name="Quote">Quote.</param>
/// <param name="BeforeDate">Day of the rate before.</param>
/// <param name="Date">Day.</param>
public readonly record struct RateStep(Currency Base, Currency Quote, DateOnly BeforeDate, DateOnly Date);
