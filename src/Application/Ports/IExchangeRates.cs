using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;

namespace CleanPortfolio.Application.Ports;

/// <summary>Exchange rates of all days, as arrays for the engine.</summary>
public interface IExchangeRates
{
    /// <summary>
    /// Every stored rate that can matter between <paramref name="currencies"/>: of the pairs among them, and of each with the currencies
    /// through which others are crossed. No older than the last commit, and all of one commit. Kept in memory until a rate changes, so that
    /// unchanged ones are not read twice. Minor units stand for their major ones.
    /// </summary>
    Task<RateBook> Load(IReadOnlyCollection<Currency> currencies, CancellationToken cancellationToken);
}
