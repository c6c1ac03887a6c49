using CleanPortfolio.Domain.Auditing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

/// <summary>An entry on its way into the log: at the commit a trigger takes it out of this table and makes it the next link of the chain.</summary>
internal sealed class AuditDraft
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Caller { get; init; }
    public required string Role { get; init; }
    public string? Address { get; init; }
    public string? Request { get; init; }
    public required string Action { get; init; }
    public required string TargetKind { get; init; }
    public string? TargetId { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? TraceId { get; init; }
}

/// <summary>The end of the chain, one row: who adds a link holds it until the commit.</summary>
internal sealed class AuditHead
{
    public required int Id { get; init; }

    /// <summary>Place of the last link; 0 without any.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }
}

internal sealed class AuditLogTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.Before).HasColumnType("jsonb");
        builder.Property(entry => entry.After).HasColumnType("jsonb");
        builder.HasIndex(entry => new { entry.TargetId, entry.Sequence });
        builder.HasIndex(entry => new { entry.Caller, entry.Sequence });
        builder.HasIndex(entry => entry.At);
    }
}

internal sealed class AuditDraftsTable : IEntityTypeConfiguration<AuditDraft>
{
    public void Configure(EntityTypeBuilder<AuditDraft> builder)
    {
        builder.ToTable("audit_drafts");
        builder.HasKey(draft => draft.Id);
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.Property(draft => draft.Before).HasColumnType("jsonb");
        builder.Property(draft => draft.After).HasColumnType("jsonb");
    }
}

internal sealed class AuditHeadsTable : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("audit_head", table => table.HasCheckConstraint("ck_audit_head_one_row", "id = 1"));
        builder.HasKey(head => head.Id);
        builder.Property(head => head.Id).ValueGeneratedNever();
        builder.HasData(
            new AuditHead
            {
                Id = 1,
                Sequence = 0,
                Hash = AuditEntry.NoHash,
            }
        );
    }
}
