using CleanPortfolio.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class CustomersTable : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        // The unique index on lower(email) is an expression, which only SQL can say: see the first migration.
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_customers_name", "length(name) between 1 and 200");
            table.HasCheckConstraint("ck_customers_email", "length(email) between 3 and 254");
        });
        builder.HasKey(customer => customer.Id);
        builder.Property(customer => customer.Id).ValueGeneratedNever();
        builder.Property(customer => customer.Version).IsRowVersion();
    }
}
