using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

/// <summary>How often <c>dividends</c> was changed in bulk: the log of changes of the market tells of prices and splits only. One row at most.</summary>
internal sealed class DividendVersion
{
    /// <summary>Always 1.</summary>
    public int Id { get; private set; }

    /// <summary>Ascending in the order of commits.</summary>
    public long Version { get; private set; }
}

internal sealed class DividendVersionTable : IEntityTypeConfiguration<DividendVersion>
{
    public void Configure(EntityTypeBuilder<DividendVersion> builder)
    {
        builder.ToTable("dividend_version", table => table.HasCheckConstraint("ck_dividend_version_id", "id = 1"));
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
