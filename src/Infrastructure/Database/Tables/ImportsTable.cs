using System.Text.Json;
using CleanPortfolio.Domain.Portfolios;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class ImportsTable : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("ck_imports_source", "length(source) between 1 and 100"));
        builder.HasKey(import => import.Id);
        builder.Property(import => import.Id).ValueGeneratedNever();
        builder.Property(import => import.Version).IsRowVersion();
        builder.HasOne<Portfolio>().WithMany().HasForeignKey(import => import.PortfolioId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<ImportRow>().WithOne().HasForeignKey(row => row.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(import => new { import.PortfolioId, import.Id });
    }
}

internal sealed class ImportRowsTable : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("ck_import_rows_outcome", Conventions.IsMember<RowOutcome>("outcome")));
        builder.HasKey(row => new { row.ImportId, row.Number });
        builder
            .Property(row => row.Findings)
            .HasColumnType("jsonb")
            .HasConversion(
                findings => JsonSerializer.Serialize(findings, JsonSerializerOptions.Web),
                text => JsonSerializer.Deserialize<List<RowFinding>>(text, JsonSerializerOptions.Web)!,
                // Rows are written once and never changed.
                new ValueComparer<IReadOnlyList<RowFinding>>((a, b) => ReferenceEquals(a, b), findings => findings.GetHashCode())
            );
    }
}
