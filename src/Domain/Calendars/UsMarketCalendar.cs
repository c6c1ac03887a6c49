using System.Collections.Frozen;

namespace CleanPortfolio.Domain.Calendars;

/// <summary>
/// Trading days of the New York exchanges by their published rules (NYSE Rule 7.2 and the holiday lists since 1998),
/// with the days they closed for other reasons. Dates are in <see cref="Zone"/>.
/// </summary>
public static class UsMarketCalendar
{
    // Mourning, attacks, storms: no rule gives these.
    private static readonly FrozenSet<DateOnly> Unscheduled = new[]
    {
        new DateOnly(2001, 9, 11),
        new DateOnly(2001, 9, 12),
        new DateOnly(2001, 9, 13),
        new DateOnly(2001, 9, 14),
        new DateOnly(2004, 6, 11),
        new DateOnly(2007, 1, 2),
        new DateOnly(2012, 10, 29),
        new DateOnly(2012, 10, 30),
        new DateOnly(2018, 12, 5),
        new DateOnly(2025, 1, 9),
    }.ToFrozenSet();

    /// <summary>New York's time zone.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>The date in New York at <paramref name="instant"/>.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>Whether there is trading on <paramref name="date"/>.</summary>
    public static bool IsSession(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(date) && !Unscheduled.Contains(date);

    /// <summary>The trading days from <paramref name="from"/> to <paramref name="to"/>, both included, ascending.</summary>
    public static IEnumerable<DateOnly> Sessions(DateOnly from, DateOnly to)
    {
        for (var day = from.DayNumber; day <= to.DayNumber; day++)
            if (IsSession(DateOnly.FromDayNumber(day)))
                yield return DateOnly.FromDayNumber(day);
    }

    /// <summary>Time of the close in New York: 16:00, on half days 13:00; null when there is no trading.</summary>
    public static TimeOnly? CloseOn(DateOnly date) => !IsSession(date) ? null : new TimeOnly(IsHalfDay(date) ? 13 : 16, 0);

    // A Saturday holiday moves to Friday and a Sunday one to Monday, but New Year's never into the old year.
    private static bool IsHoliday(DateOnly d) =>
        IsObserved(d, 1, 1, saturdayMoves: false)
        || (d.Year >= 1998 && IsNth(d, 1, DayOfWeek.Monday, 3)) // Martin Luther King Jr.
        || IsNth(d, 2, DayOfWeek.Monday, 3) // Washington
        || d == Easter(d.Year).AddDays(-2) // Good Friday
        || IsLastMonday(d, 5) // Memorial Day
        || (d.Year >= 2022 && IsObserved(d, 6, 19)) // Juneteenth
        || IsObserved(d, 7, 4)
        || IsNth(d, 9, DayOfWeek.Monday, 1) // Labor Day
        || IsNth(d, 11, DayOfWeek.Thursday, 4) // Thanksgiving
        || IsObserved(d, 12, 25);

    // Until 2012 a Thursday 4 July had its half day on the Friday after, since then on the Wednesday before.
    private static bool IsHalfDay(DateOnly d) =>
        IsNth(d.AddDays(-1), 11, DayOfWeek.Thursday, 4)
        || d is { Month: 12, Day: 24 }
        || (d is { Month: 7, Day: 3 } && (d.Year > 2012 || d.DayOfWeek is not DayOfWeek.Wednesday))
        || d is { Month: 7, Day: 5, Year: <= 2012, DayOfWeek: DayOfWeek.Friday }
        || d is { Year: 2003, Month: 12, Day: 26 }; // no rule gives this one

    private static bool IsObserved(DateOnly d, int month, int day, bool saturdayMoves = true) =>
        (d.Month == month && d.Day == day)
        || (d.DayOfWeek == DayOfWeek.Monday && d.AddDays(-1) is var sunday && sunday.Month == month && sunday.Day == day)
        || (
            saturdayMoves
            && d.DayOfWeek == DayOfWeek.Friday
            && d.AddDays(1) is var saturday
            && saturday.Month == month
            && saturday.Day == day
        );

    private static bool IsNth(DateOnly d, int month, DayOfWeek weekday, int nth) =>
        d.Month == month && d.DayOfWeek == weekday && (d.Day - 1) / 7 == nth - 1;

    private static bool IsLastMonday(DateOnly d, int month) =>
        d.Month == month && d.DayOfWeek == DayOfWeek.Monday && d.AddDays(7).Month != month;

    // Gregorian computus (Meeus, Jones, Butcher; Astronomical Algorithms, 1991, chapter 8).
    private static DateOnly Easter(int year)
    {
        var (century, rest) = (year / 100, year % 100);
        var golden = year % 19;
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var shift = (golden + (11 * epact) + (22 * weekday)) / 451;
        var ordinal = epact + weekday - (7 * shift) + 114;
        return new DateOnly(year, ordinal / 31, (ordinal % 31) + 1);
    }
}
