using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class AccountsTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasKey(account => account.Id);
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.HasOne<Customer>().WithMany().HasForeignKey(account => account.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AssignmentsTable : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.ToTable("assignments");
        builder.HasKey(assignment => new { assignment.AdviserId, assignment.CustomerId });
        builder.HasIndex(assignment => assignment.CustomerId);
        builder.HasOne<Account>().WithMany().HasForeignKey(assignment => assignment.AdviserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Customer>().WithMany().HasForeignKey(assignment => assignment.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}
