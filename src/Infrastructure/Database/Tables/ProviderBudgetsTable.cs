using CleanPortfolio.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

/// <summary>What keeps everybody from calling the provider with one key. Instants are the database's.</summary>
internal sealed class ProviderBudget
{
    /// <summary>Stands for key and host, and betrays neither.</summary>
    public string KeyHash { get; private set; } = "";

    /// <summary>No call before.</summary>
    public DateTimeOffset? BlockedUntil { get; private set; }

    /// <summary>One of <see cref="BlockReasons"/>.</summary>
    public string? BlockedBy { get; private set; }

    /// <summary>Failed calls in a row; from the greatest number allowed on, those of single probes.</summary>
    public int Failures { get; private set; }
}

/// <summary>One call of the budget of a window.</summary>
internal sealed class ProviderSlot
{
    /// <summary>The budget.</summary>
    public string KeyHash { get; private set; } = "";

    /// <summary>From 0.</summary>
    public int Slot { get; private set; }

    /// <summary>When it may be taken again.</summary>
    public DateTimeOffset FreeAt { get; private set; }
}

internal sealed class ProviderBudgetsTable : IEntityTypeConfiguration<ProviderBudget>
{
    public void Configure(EntityTypeBuilder<ProviderBudget> builder)
    {
        builder.ToTable(
            "provider_budgets",
            table =>
                table.HasCheckConstraint(
                    "ck_provider_budgets_blocked_by",
                    $"blocked_by in ('{BlockReasons.RateLimit}', '{BlockReasons.Outage}')"
                )
        );
        builder.HasKey(budget => budget.KeyHash);
        builder.Property(budget => budget.KeyHash).ValueGeneratedNever();
    }
}

internal sealed class ProviderSlotsTable : IEntityTypeConfiguration<ProviderSlot>
{
    public void Configure(EntityTypeBuilder<ProviderSlot> builder)
    {
        builder.ToTable("provider_slots");
        builder.HasKey(slot => new { slot.KeyHash, slot.Slot });
        builder.HasOne<ProviderBudget>().WithMany().HasForeignKey(slot => slot.KeyHash).OnDelete(DeleteBehavior.Cascade);
    }
}
