using CleanPortfolio.Domain.Currencies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class ExchangeRatesTable : IEntityTypeConfiguration<ExchangeRate>
{
    public void Configure(EntityTypeBuilder<ExchangeRate> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_exchange_rates_rate", "rate > 0");
            table.HasCheckConstraint("ck_exchange_rates_pair", "base ~ '^[A-Z]{3}$' and quote ~ '^[A-Z]{3}$' and base <> quote");
        });
        builder.HasKey(rate => new
        {
            rate.Base,
            rate.Quote,
            rate.Date,
        });
        builder.Property(rate => rate.Base).UseCollation("C");
        builder.Property(rate => rate.Quote).UseCollation("C");
        builder.Property(rate => rate.Source).IsRequired();
    }
}

/// <summary>How often <c>exchange_rates</c> was changed: readers that keep rates in memory look here whether they still hold. One row at most.</summary>
internal sealed class ExchangeRateVersion
{
    /// <summary>Always 1.</summary>
    public int Id { get; private set; }

    /// <summary>Ascending in the order of commits.</summary>
    public long Version { get; private set; }
}

internal sealed class ExchangeRateVersionTable : IEntityTypeConfiguration<ExchangeRateVersion>
{
    public void Configure(EntityTypeBuilder<ExchangeRateVersion> builder)
    {
        builder.ToTable("exchange_rate_version", table => table.HasCheckConstraint("ck_exchange_rate_version_id", "id = 1"));
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
