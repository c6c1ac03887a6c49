using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

/// <summary>A key by which cookies and forms of pages are encrypted; the framework makes a new one every three months.</summary>
internal sealed class DataProtectionKeyRow
{
    /// <summary>The framework's name of it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>As the framework writes it.</summary>
    public string Xml { get; private set; } = "";
}

internal sealed class DataProtectionKeysTable : IEntityTypeConfiguration<DataProtectionKeyRow>
{
    public void Configure(EntityTypeBuilder<DataProtectionKeyRow> builder)
    {
        builder.ToTable("data_protection_keys");
        builder.HasKey(row => row.Name);
    }
}
