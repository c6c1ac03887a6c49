using CleanPortfolio.Domain.Calendars;

namespace CleanPortfolio.Domain.Schedules;

/// <summary>When the provider gives out the prices of a session; it differs by the plan of the key.</summary>
public enum PriceRelease
{
    /// <summary>After midnight in New York: the free plan refuses the current date for the whole day.</summary>
    NextDay,

    /// <summary>In the evening of the session, an hour after the regular close: delayed plans lag by 15 minutes.</summary>
    SameEvening,
}

/// <summary>Which sessions are out.</summary>
public static class PriceReleases
{
    /// <summary>Sessions that a run looks back at most, when the service was away for long: older ones are for a population to fetch.</summary>
    public const int MostSessions = 30;

    /// <summary>Sessions of which the provider still changes prices and volumes; an older one is final.</summary>
    public const int CorrectionSessions = 5;

    private static readonly TimeOnly Evening = new(17, 0);
    private static readonly TimeOnly AfterMidnight = new(0, 15);

    /// <summary>The last session whose prices are out at <paramref name="now"/>.</summary>
    public static DateOnly LastSession(this PriceRelease release, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, UsMarketCalendar.Zone).DateTime;
        var (today, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        var day =
            release is PriceRelease.SameEvening ? today.AddDays(time >= Evening ? 0 : -1) : today.AddDays(time >= AfterMidnight ? -1 : -2);
        return SessionOnOrBefore(day);
    }

    /// <summary>The sessions after <paramref name="stored"/> up to <paramref name="last"/>, the newest <see cref="MostSessions"/> of them; only the last one when none is stored.</summary>
    public static IReadOnlyList<DateOnly> Since(DateOnly? stored, DateOnly last) =>
        stored is { } known ? [.. UsMarketCalendar.Sessions(known.AddDays(1), last).TakeLast(MostSessions)] : [last];

    /// <summary>The <paramref name="count"/> sessions up to <paramref name="last"/>, itself included when it is one, ascending.</summary>
    public static IReadOnlyList<DateOnly> Last(int count, DateOnly last)
    {
        var sessions = new List<DateOnly>(count);
        for (var day = SessionOnOrBefore(last); sessions.Count < count; day = SessionOnOrBefore(day.AddDays(-1)))
            sessions.Insert(0, day);
        return sessions;
    }

    private static DateOnly SessionOnOrBefore(DateOnly day)
    {
        while (!UsMarketCalendar.IsSession(day))
            day = day.AddDays(-1);
        return day;
    }
}
