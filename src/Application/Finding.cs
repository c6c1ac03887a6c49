using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Portfolios;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application;

/// <summary>What a request names by its id, to be changed; a refusal when it is not there, or not the caller's.</summary>
internal static class Finding
{
    public static async Task<Customer> CustomerOf(this IDatabase database, Id<Customer> id, CancellationToken cancellationToken) =>
        NotFound.Unless(await database.Customers.FirstOrDefaultAsync(customer => customer.Id == id, cancellationToken), "customer", id);

    public static async Task<Portfolio> PortfolioOf(this IDatabase database, Id<Portfolio> id, CancellationToken cancellationToken) =>
        NotFound.Unless(await database.Portfolios.FirstOrDefaultAsync(portfolio => portfolio.Id == id, cancellationToken), "portfolio", id);

    public static async Task<Job> JobOf(this IDatabase database, Id<Job> id, CancellationToken cancellationToken) =>
        NotFound.Unless(await database.Jobs.FirstOrDefaultAsync(job => job.Id == id, cancellationToken), "job", id);

    public static async Task<QuarantinedRow> RowOf(this IDatabase database, Id<QuarantinedRow> id, CancellationToken cancellationToken) =>
        NotFound.Unless(await database.QuarantinedRows.FirstOrDefaultAsync(row => row.Id == id, cancellationToken), "quarantinedRow", id);

    /// <summary>Refuses a customer that is not there.</summary>
    public static async Task Require(this IDatabase database, Id<Customer> id, CancellationToken cancellationToken)
    {
        if (!await database.Customers.AnyAsync(customer => customer.Id == id, cancellationToken))
            throw new NotFound("customer", id.ToString());
    }

    /// <summary>Refuses a portfolio that is not there.</summary>
    public static async Task Require(this IDatabase database, Id<Portfolio> id, CancellationToken cancellationToken)
    {
        if (!await database.Portfolios.AnyAsync(portfolio => portfolio.Id == id, cancellationToken))
            throw new NotFound("portfolio", id.ToString());
    }

    /// <summary>Refuses a job that is not there.</summary>
    public static async Task Require(this IDatabase database, Id<Job> id, CancellationToken cancellationToken)
    {
        if (!await database.Jobs.AnyAsync(job => job.Id == id, cancellationToken))
            throw new NotFound("job", id.ToString());
    }
}
