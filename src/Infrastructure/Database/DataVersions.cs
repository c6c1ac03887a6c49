using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Infrastructure.Database.Tables;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>One statement each, so that a version is of one instant.</summary>
internal sealed class DataVersions(PortfolioDb database) : IDataVersions
{
    private IQueryable<long?> Changes => database.Set<MarketChange>().Select(change => (long?)change.Version);

    public async Task<string?> OfPortfolio(Id<Portfolio> portfolioId, CancellationToken cancellationToken)
    {
        var found = await database
            .Portfolios.Where(portfolio => portfolio.Id == portfolioId)
            .Select(portfolio => new
            {
                portfolio.Version,
                Market = Changes.Max(),
                Rates = database.Set<ExchangeRateVersion>().Max(row => (long?)row.Version),
                Dividends = database.Set<DividendVersion>().Max(row => (long?)row.Version),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : Text(found.Market, found.Rates, found.Dividends, $"{found.Version}");
    }

    public async Task<string?> OfCustomer(Id<Customer> customerId, CancellationToken cancellationToken)
    {
        var found = await database
            .Customers.Where(customer => customer.Id == customerId)
            .Select(customer => new
            {
                Ledgers = database
                    .Portfolios.Where(portfolio => portfolio.CustomerId == customer.Id)
                    .OrderBy(portfolio => portfolio.Id)
                    .Select(portfolio => new { portfolio.Id, portfolio.Version })
                    .ToList(),
                Market = Changes.Max(),
                Rates = database.Set<ExchangeRateVersion>().Max(row => (long?)row.Version),
                Dividends = database.Set<DividendVersion>().Max(row => (long?)row.Version),
            })
            .AsSingleQuery()
            .FirstOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : Text(
                found.Market,
                found.Rates,
                found.Dividends,
                string.Join(' ', found.Ledgers.Select(ledger => $"{ledger.Id} {ledger.Version}"))
            );
    }

    private static string Text(long? market, long? rates, long? dividends, string ledgers) =>
        string.Create(CultureInfo.InvariantCulture, $"{market} {rates} {dividends} {ledgers}");
}
