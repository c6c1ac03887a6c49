using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>What the caller reaches.</summary>
public sealed partial class PortfolioDb
{
    // Members, for the filters are made once for all callers, and read these anew for each query.
    private bool ReachesAll => caller.Current.Reach.IsUnlimited;
    private Id<Account>? Adviser => caller.Current.Reach.AdviserId;
    private Id<Customer>? Own => caller.Current.Reach.CustomerId;

    private void FilterByReach(ModelBuilder modelBuilder)
    {
        modelBuilder
            .Entity<Customer>()
            .HasQueryFilter(customer =>
                ReachesAll
                || customer.Id == Own
                || Assignments.Any(assignment => assignment.AdviserId == Adviser && assignment.CustomerId == customer.Id)
            );
        modelBuilder
            .Entity<Portfolio>()
            .HasQueryFilter(portfolio => ReachesAll || Customers.Any(customer => customer.Id == portfolio.CustomerId));
        modelBuilder
            .Entity<Transaction>()
            .HasQueryFilter(entry => ReachesAll || Portfolios.Any(portfolio => portfolio.Id == entry.PortfolioId));
        modelBuilder
            .Entity<Import>()
            .HasQueryFilter(import => ReachesAll || Portfolios.Any(portfolio => portfolio.Id == import.PortfolioId));
        modelBuilder.Entity<ImportRow>().HasQueryFilter(row => ReachesAll || Imports.Any(import => import.Id == row.ImportId));
    }
}
