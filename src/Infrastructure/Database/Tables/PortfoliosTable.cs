using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Portfolios;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class PortfoliosTable : IEntityTypeConfiguration<Portfolio>
{
    public void Configure(EntityTypeBuilder<Portfolio> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_portfolios_name", "length(name) between 1 and 200");
            table.HasCheckConstraint("ck_portfolios_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_portfolios_cash", Conventions.IsMember<CashMode>("cash"));
            table.HasCheckConstraint("ck_portfolios_cost_method", Conventions.IsMember<CostMethod>("cost_method"));
        });
        builder.HasKey(portfolio => portfolio.Id);
        builder.Property(portfolio => portfolio.Id).ValueGeneratedNever();
        builder.Property(portfolio => portfolio.Version).IsConcurrencyToken();
        builder
            .HasOne<Customer>()
            .WithMany()
            .HasForeignKey(portfolio => portfolio.CustomerId)
            .HasConstraintName(Conflicts.PortfolioCustomer)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(portfolio => new { portfolio.CustomerId, portfolio.Name }).IsUnique().HasDatabaseName(Conflicts.PortfolioName);
    }
}
