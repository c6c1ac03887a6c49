namespace CleanPortfolio.Domain.Stocks;

/// <summary>
/// From <paramref name="ExecutionDate"/> on, every <paramref name="From"/> old shares are <paramref name="To"/> new ones.
/// Prices and trades dated on that day or later are in new shares.
/// </summary>
/// <param name="StockId">The stock.</param>
/// <param name="ExecutionDate">First day in new shares, in the zone of the exchange.</param>
/// <param name="From">Old shares, more than 0; need not be whole (1 : 1.05 is a stock dividend).</param>
/// <param name="To">New shares, more than 0.</param>
public sealed record Split(Id<Stock> StockId, DateOnly ExecutionDate, decimal From, decimal To);
