using CleanPortfolio.Domain.Calendars;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class TradingDaysTable : IEntityTypeConfiguration<TradingDay>
{
    public void Configure(EntityTypeBuilder<TradingDay> builder) => builder.HasKey(day => new { day.Exchange, day.Date });
}
