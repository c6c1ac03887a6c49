namespace CleanPortfolio.PolygonSimulator.Time;

/// <summary>Wall-clock time of the exchange. Days are <see cref="DateOnly.DayNumber"/>s, instants are Unix milliseconds.</summary>
internal static class NewYork
{
    public static readonly TimeOnly Open = new(9, 30);
    public static readonly TimeOnly Close = new(16, 0);
    public static readonly TimeOnly EarlyClose = new(13, 0);

    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    static readonly int FirstKnown = new DateOnly(1990, 1, 1).DayNumber;

    // A zone conversion per row would cost more than writing the row.
    static readonly long[] Midnights =
    [
        .. Enumerable
            .Range(FirstKnown, 60 * 366)
            .Select(day => At(DateOnly.FromDayNumber(day), TimeOnly.MinValue).ToUnixTimeMilliseconds()),
    ];

    public static long Midnight(int day)
    {
        var index = day - FirstKnown;
        return (uint)index < (uint)Midnights.Length
            ? Midnights[index]
            : At(DateOnly.FromDayNumber(day), TimeOnly.MinValue).ToUnixTimeMilliseconds();
    }

    public static DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }

    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    public static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);
}
