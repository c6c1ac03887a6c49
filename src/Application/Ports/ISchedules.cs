using CleanPortfolio.Domain.Schedules;

namespace CleanPortfolio.Application.Ports;

/// <summary>The recurring work, as it is configured here and as the queue holds it.</summary>
public interface ISchedules
{
    /// <summary>Every schedule, switched on or not.</summary>
    IReadOnlyList<ScheduleSetting> All { get; }

    /// <summary>When the key's plan gives out prices.</summary>
    PriceRelease Release { get; }

    /// <summary>When each schedule that the queue holds fires next.</summary>
    IReadOnlyDictionary<ScheduleName, DateTimeOffset> NextRuns();
}

/// <summary>How a schedule is configured.</summary>
/// <param name="Name">Which.</param>
/// <param name="Text">Its name as clients write it.</param>
/// <param name="Enabled">Whether it fires.</param>
/// <param name="Cron">When, in <paramref name="Zone"/>.</param>
/// <param name="Zone">The time zone of <paramref name="Cron"/>.</param>
public sealed record ScheduleSetting(ScheduleName Name, string Text, bool Enabled, string Cron, TimeZoneInfo Zone);
