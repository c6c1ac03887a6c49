using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Ports;

/// <summary>Whole price histories with their splits, as arrays for the engine.</summary>
public interface IPriceHistory
{
    /// <summary>
    /// The facts of each of <paramref name="stocks"/>, no older than the last committed population. Kept in memory until the
    /// stock's data change, so that an unchanged history is not read twice.
    /// </summary>
    Task<IReadOnlyDictionary<Id<Stock>, StockFacts>> Load(IReadOnlyCollection<Id<Stock>> stocks, CancellationToken cancellationToken);
}
