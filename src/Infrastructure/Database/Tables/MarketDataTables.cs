using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class SplitReportsTable : IEntityTypeConfiguration<ReportedSplit>
{
    public void Configure(EntityTypeBuilder<ReportedSplit> builder)
    {
        builder.ToTable(
            "split_reports",
            table =>
            {
                table.HasCheckConstraint("ck_split_reports_ratio", "split_from > 0 and split_to > 0 and split_from <> split_to");
                table.HasCheckConstraint("ck_split_reports_verdict", Conventions.IsMember<SplitVerdict>("verdict"));
                table.HasCheckConstraint("ck_split_reports_decision", Conventions.IsMember<SplitDecision>("decision"));
            }
        );
        builder.HasKey(report => report.Id);
        builder.Property(report => report.Id).ValueGeneratedNever();
        builder.Property(report => report.From).HasColumnName("split_from");
        builder.Property(report => report.To).HasColumnName("split_to");
        builder.Ignore(report => report.IsApplied).Ignore(report => report.Told);
        builder.HasOne<Stock>().WithMany().HasForeignKey(report => report.StockId).OnDelete(DeleteBehavior.Restrict);
        builder
            .HasIndex(report => new
            {
                report.StockId,
                report.ExecutionDate,
                report.From,
                report.To,
                report.ProviderId,
            })
            .IsUnique()
            .AreNullsDistinct(false);
        builder.HasIndex(report => report.Verdict);
    }
}

internal sealed class QuarantinedRowsTable : IEntityTypeConfiguration<QuarantinedRow>
{
    public void Configure(EntityTypeBuilder<QuarantinedRow> builder)
    {
        builder.ToTable(
            "quarantined_rows",
            table =>
            {
                table.HasCheckConstraint("ck_quarantined_rows_kind", Conventions.IsMember<RowKind>("kind"));
                table.HasCheckConstraint("ck_quarantined_rows_status", Conventions.IsMember<QuarantineStatus>("status"));
                table.HasCheckConstraint("ck_quarantined_rows_times_seen", "times_seen > 0");
            }
        );
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Content).HasColumnType("jsonb");
        builder.Property<string>("ContentHash").HasComputedColumnSql("md5(content::text)", stored: true);
        builder.HasOne<Stock>().WithMany().HasForeignKey(row => row.StockId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex("Kind", "Ticker", "Date", "ContentHash").IsUnique().AreNullsDistinct(false);
        builder.HasIndex(row => new { row.StockId, row.Date });
        builder.HasIndex(row => new { row.Status, row.Id });
    }
}

internal sealed class ManualPricesTable : IEntityTypeConfiguration<ManualPrice>
{
    public void Configure(EntityTypeBuilder<ManualPrice> builder)
    {
        builder.HasKey(price => new { price.StockId, price.Date });
        builder.Ignore(price => price.Provider);
        builder.Property(price => price.Version).IsRowVersion();
        builder.HasOne<Stock>().WithMany().HasForeignKey(price => price.StockId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PriceCorrectionsTable : IEntityTypeConfiguration<PriceCorrection>
{
    public void Configure(EntityTypeBuilder<PriceCorrection> builder)
    {
        builder.HasKey(correction => correction.Sequence);
        builder.Property(correction => correction.Sequence).UseIdentityAlwaysColumn();
        builder.HasOne<Stock>().WithMany().HasForeignKey(correction => correction.StockId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(correction => new { correction.StockId, correction.Date });
    }
}

internal sealed class DividendCorrectionsTable : IEntityTypeConfiguration<DividendCorrection>
{
    public void Configure(EntityTypeBuilder<DividendCorrection> builder)
    {
        builder.HasKey(correction => correction.Sequence);
        builder.Property(correction => correction.Sequence).UseIdentityAlwaysColumn();
        builder.HasOne<Stock>().WithMany().HasForeignKey(correction => correction.StockId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(correction => correction.StockId);
    }
}
