using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

/// <summary>An outcome under the key of its request; neither the key nor the answer can be read from the row.</summary>
internal sealed class IdempotencyRow
{
    /// <summary>SHA-256 of caller, operation and key.</summary>
    public byte[] Scope { get; private set; } = [];

    /// <summary>SHA-256 of the rest of the request.</summary>
    public byte[] Content { get; private set; } = [];

    /// <summary>The outcome, encrypted under the caller's key.</summary>
    public byte[] Outcome { get; private set; } = [];

    /// <summary>Instant of the effect.</summary>
    public DateTimeOffset CreatedAt { get; private set; }
}

internal sealed class IdempotencyTable : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(row => row.Scope);
        builder.HasIndex(row => row.CreatedAt);
    }
}
