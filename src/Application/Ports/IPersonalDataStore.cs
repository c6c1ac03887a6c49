using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Application.Ports;

/// <summary>What people wrote into ledgers, in bulk.</summary>
public interface IPersonalDataStore
{
    /// <summary>
    /// Commits the changes of the scope's <see cref="IDatabase"/>, and with them clears notes, keys of the client's own, origins of files and
    /// findings about their rows in all ledgers of a customer. What figures are made of stays to the digit. Done again it changes nothing.
    /// </summary>
    /// <exception cref="Failures.Conflict">Another writer was faster.</exception>
    Task SaveAndErase(Id<Customer> customerId, CancellationToken cancellationToken);
}
