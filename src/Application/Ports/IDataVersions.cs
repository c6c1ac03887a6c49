using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Application.Ports;

/// <summary>
/// Versions of everything stored that figures are computed from, each by one small query: ledgers and settings within the caller's reach,
/// prices, splits, dividends, exchange rates, names of stocks. Two equal ones mean equal figures on the same day.
/// </summary>
public interface IDataVersions
{
    /// <summary>Of a portfolio's figures; null when there is no such portfolio.</summary>
    Task<string?> OfPortfolio(Id<Portfolio> portfolioId, CancellationToken cancellationToken);

    /// <summary>Of a customer's figures; null when there is no such customer.</summary>
    Task<string?> OfCustomer(Id<Customer> customerId, CancellationToken cancellationToken);
}
