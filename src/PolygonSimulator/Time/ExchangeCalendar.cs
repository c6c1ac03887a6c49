using System.Collections.Concurrent;

namespace CleanPortfolio.PolygonSimulator.Time;

/// <summary>A day on which the exchange does not keep its usual hours.</summary>
internal sealed record Holiday(DateOnly Date, string Name, bool EarlyClose);

/// <summary>Trading days of the New York Stock Exchange by rule, with the unscheduled closures of this century.</summary>
internal static class ExchangeCalendar
{
    static readonly ConcurrentDictionary<int, Dictionary<DateOnly, Holiday>> Years = new();

    static readonly DateOnly[] Mourning = [new(2004, 6, 11), new(2007, 1, 2), new(2018, 12, 5), new(2025, 1, 9)];
    static readonly DateOnly[] Emergencies =
    [
        new(2001, 9, 11),
        new(2001, 9, 12),
        new(2001, 9, 13),
        new(2001, 9, 14),
        new(2012, 10, 29),
        new(2012, 10, 30),
    ];

    public static Holiday? On(DateOnly date) => Years.GetOrAdd(date.Year, Build).GetValueOrDefault(date);

    public static bool IsSession(DateOnly date) => !IsWeekend(date) && On(date) is not { EarlyClose: false };

    public static IEnumerable<DateOnly> Sessions(DateOnly from, DateOnly to)
    {
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            if (IsSession(date))
                yield return date;
        }
    }

    /// <summary>The first session on or after the date.</summary>
    public static DateOnly SessionFrom(DateOnly date)
    {
        while (!IsSession(date))
            date = date.AddDays(1);
        return date;
    }

    public static DateTimeOffset ClosingTime(DateOnly session) =>
        NewYork.At(session, On(session) is { EarlyClose: true } ? NewYork.EarlyClose : NewYork.Close);

    static Dictionary<DateOnly, Holiday> Build(int year)
    {
        var thanksgiving = Weekday(year, 11, DayOfWeek.Thursday, 4);
        var days = new Dictionary<DateOnly, Holiday>();
        var newYear = new DateOnly(year, 1, 1);
        if (newYear.DayOfWeek != DayOfWeek.Saturday)
            Closed(Observed(newYear), "New Years Day");
        Closed(Weekday(year, 1, DayOfWeek.Monday, 3), "Martin Luther King, Jr. Day");
        Closed(Weekday(year, 2, DayOfWeek.Monday, 3), "Washington's Birthday");
        Closed(Easter(year).AddDays(-2), "Good Friday");
        Closed(Weekday(year, 6, DayOfWeek.Monday, 1, before: true), "Memorial Day");
        if (year >= 2022)
            Closed(Observed(new DateOnly(year, 6, 19)), "Juneteenth");
        Closed(Observed(new DateOnly(year, 7, 4)), "Independence Day");
        Closed(Weekday(year, 9, DayOfWeek.Monday, 1), "Labor Day");
        Closed(thanksgiving, "Thanksgiving");
        Closed(Observed(new DateOnly(year, 12, 25)), "Christmas");
        foreach (var date in Mourning.Where(date => date.Year == year))
            Closed(date, "National Day of Mourning");
        foreach (var date in Emergencies.Where(date => date.Year == year))
            Closed(date, "Unscheduled closure");
        Early(thanksgiving.AddDays(1), "Thanksgiving");
        Early(new DateOnly(year, 12, 24), "Christmas");
        if (new DateOnly(year, 7, 4).DayOfWeek is >= DayOfWeek.Tuesday and <= DayOfWeek.Friday)
            Early(new DateOnly(year, 7, 3), "Independence Day");
        return days;

        void Closed(DateOnly date, string name) => days[date] = new Holiday(date, name, EarlyClose: false);
        void Early(DateOnly date, string name)
        {
            if (!IsWeekend(date))
                days.TryAdd(date, new Holiday(date, name, EarlyClose: true));
        }
    }

    static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    static DateOnly Observed(DateOnly date) =>
        date.DayOfWeek switch
        {
            DayOfWeek.Saturday => date.AddDays(-1),
            DayOfWeek.Sunday => date.AddDays(1),
            _ => date,
        };

    static DateOnly Weekday(int year, int month, DayOfWeek weekday, int nth, bool before = false)
    {
        var first = new DateOnly(year, month, 1);
        first = first.AddDays(((int)weekday - (int)first.DayOfWeek + 7) % 7);
        return first.AddDays(before ? -7 : 7 * (nth - 1));
    }

    // Anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
    static DateOnly Easter(int year)
    {
        int a = year % 19,
            b = year / 100,
            c = year % 100;
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
