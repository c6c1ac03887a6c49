using CleanPortfolio.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class JobsTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_jobs_kind", Conventions.IsMember<JobKind>("kind"));
            table.HasCheckConstraint("ck_jobs_status", Conventions.IsMember<JobStatus>("status"));
            table.HasCheckConstraint("ck_jobs_range", "first_day <= last_day");
        });
        builder.HasKey(job => job.Id);
        builder.Property(job => job.Id).ValueGeneratedNever();
        builder.Property(job => job.From).HasColumnName("first_day");
        builder.Property(job => job.To).HasColumnName("last_day");
        // Of two retries at once one is refused.
        builder.Property(job => job.AskedAt).IsConcurrencyToken();
        builder.HasMany(job => job.Items).WithOne().HasForeignKey(item => item.JobId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(job => new { job.Status, job.Id });
    }
}

internal sealed class JobItemsTable : IEntityTypeConfiguration<JobItem>
{
    public void Configure(EntityTypeBuilder<JobItem> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_job_items_status", Conventions.IsMember<ItemStatus>("status"));
            table.HasCheckConstraint("ck_job_items_work", Conventions.IsMember<ItemWork>("work"));
        });
        // Of items that were there before the column was.
        builder.Property(item => item.Work).HasDefaultValue(ItemWork.Stock);
        builder.Property(item => item.From).HasColumnName("first_day");
        builder.Property(item => item.To).HasColumnName("last_day");
        builder.HasKey(item => new { item.JobId, item.Key });
        builder.HasIndex(item => new { item.JobId, item.Position }).IsUnique();
    }
}

internal sealed class JobCallsTable : IEntityTypeConfiguration<JobCall>
{
    public void Configure(EntityTypeBuilder<JobCall> builder)
    {
        builder.HasKey(call => call.Sequence);
        builder.Property(call => call.Sequence).UseIdentityAlwaysColumn();
        builder.HasOne<JobItem>().WithMany().HasForeignKey(call => new { call.JobId, call.ItemKey }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(call => new { call.JobId, call.Sequence });
    }
}

internal sealed class KeptAnswersTable : IEntityTypeConfiguration<KeptAnswer>
{
    public void Configure(EntityTypeBuilder<KeptAnswer> builder)
    {
        builder.HasKey(kept => new
        {
            kept.JobId,
            kept.ItemKey,
            kept.Path,
        });
        builder.HasOne<JobItem>().WithMany().HasForeignKey(kept => new { kept.JobId, kept.ItemKey }).OnDelete(DeleteBehavior.Cascade);
    }
}
