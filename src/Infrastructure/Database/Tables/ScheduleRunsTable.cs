using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Schedules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class ScheduleRunsTable : IEntityTypeConfiguration<ScheduleRun>
{
    public void Configure(EntityTypeBuilder<ScheduleRun> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("ck_schedule_runs_name", Conventions.IsMember<ScheduleName>("name")));
        builder.HasKey(run => new { run.Name, run.BusinessDate }).HasName(Conflicts.ScheduleRun);
        builder.HasOne<Job>().WithMany().HasForeignKey(run => run.JobId).OnDelete(DeleteBehavior.SetNull);
    }
}
