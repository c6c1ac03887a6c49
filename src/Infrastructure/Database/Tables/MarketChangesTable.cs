using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

/// <summary>
/// A commit that changed prices or splits; readers that keep them in memory look for rows that they have not seen.
/// </summary>
internal sealed class MarketChange
{
    /// <summary>Ascending in the order of commits: given out under a lock that is held until the commit.</summary>
    public long Version { get; private set; }

    /// <summary>The stock; null when it may be any.</summary>
    public Id<Stock>? StockId { get; private set; }

    /// <summary>First day of which prices changed; null when splits changed, or it may be any.</summary>
    public DateOnly? FirstDay { get; private set; }

    /// <summary>Last day of which prices changed.</summary>
    public DateOnly? LastDay { get; private set; }
}

internal sealed class MarketChangesTable : IEntityTypeConfiguration<MarketChange>
{
    public void Configure(EntityTypeBuilder<MarketChange> builder)
    {
        builder.ToTable("market_changes");
        builder.HasKey(change => change.Version);
        builder.Property(change => change.Version).UseIdentityAlwaysColumn();
        builder.HasOne<Stock>().WithMany().HasForeignKey(change => change.StockId).OnDelete(DeleteBehavior.Cascade);
    }
}
