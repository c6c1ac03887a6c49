using CleanPortfolio.Domain.MarketData;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class FetchesTable : IEntityTypeConfiguration<Fetch>
{
    public void Configure(EntityTypeBuilder<Fetch> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_fetches_kind", Conventions.IsMember<FetchKind>("kind"));
            table.HasCheckConstraint("ck_fetches_outcome", Conventions.IsMember<FetchOutcome>("outcome"));
            table.HasCheckConstraint("ck_fetches_range", "first_day <= last_day");
        });
        builder.Property(fetch => fetch.From).HasColumnName("first_day");
        builder.Property(fetch => fetch.To).HasColumnName("last_day");
        builder.HasKey(fetch => new
        {
            fetch.Kind,
            fetch.Key,
            fetch.From,
            fetch.To,
        });
    }
}
