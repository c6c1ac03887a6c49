using System.Text.Json;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Schedules;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.Configuration;

namespace CleanPortfolio.Infrastructure.Jobs;

/// <summary>The schedules as section <c>Schedules</c> of the configuration has them: <c>Schedules:{Name}:{Enabled,Cron}</c>, else by the key's plan.</summary>
internal sealed class Schedules : ISchedules
{
    private const string Section = "Schedules";
    private const string FreePlan = "basic";

    // Paid plans give out a session in its evening, the free one after midnight; the later hours are for what was not out yet.
    private static readonly Dictionary<ScheduleName, (string Paid, string Free)> Crons = new()
    {
        [ScheduleName.DailyPrices] = ("30 17,20,23 * * 1-5", "30 0,3,6 * * 2-6"),
        [ScheduleName.Corrections] = ("15 4 * * 2-6", "15 4 * * 2-6"),
        [ScheduleName.Actions] = ("0 7 * * *", "0 7 * * *"),
        [ScheduleName.Universe] = ("0 5 * * 3,6", "0 5 * * 3,6"),
        [ScheduleName.GapRepair] = ("0 9 * * 0", "0 9 * * 0"),
    };

    private readonly JobStorage _storage;

    public Schedules(IConfiguration configuration, JobStorage storage)
    {
        _storage = storage;
        var free = string.Equals(configuration["Polygon:Plan"] ?? FreePlan, FreePlan, StringComparison.OrdinalIgnoreCase);
        Release = free ? PriceRelease.NextDay : PriceRelease.SameEvening;
        All = [.. Enum.GetValues<ScheduleName>().Select(name => Read(configuration.GetSection($"{Section}:{name}"), name, free))];
    }

    public IReadOnlyList<ScheduleSetting> All { get; }

    public PriceRelease Release { get; }

    public IReadOnlyDictionary<ScheduleName, DateTimeOffset> NextRuns()
    {
        using var connection = _storage.GetConnection();
        var registered = connection.GetRecurringJobs().Where(job => job.NextExecution is not null).ToDictionary(job => job.Id);
        return All.Where(setting => registered.ContainsKey(setting.Text))
            .ToDictionary(
                setting => setting.Name,
                setting => new DateTimeOffset(DateTime.SpecifyKind(registered[setting.Text].NextExecution!.Value, DateTimeKind.Utc))
            );
    }

    private static ScheduleSetting Read(IConfigurationSection section, ScheduleName name, bool free) =>
        new(
            name,
            JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
            section.GetValue("Enabled", defaultValue: !free),
            section["Cron"] ?? (free ? Crons[name].Free : Crons[name].Paid),
            UsMarketCalendar.Zone
        );
}
