using CleanPortfolio.PolygonSimulator.Http;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>A whole number of days, weeks, months, quarters or years, counted from the start of a window.</summary>
internal sealed class Timespan
{
    readonly Func<DateOnly, DateOnly> floor;
    readonly Func<DateOnly, int, DateOnly> add;
    readonly int multiplier;

    Timespan(int multiplier, Func<DateOnly, DateOnly> floor, Func<DateOnly, int, DateOnly> add) =>
        (this.multiplier, this.floor, this.add) = (multiplier, floor, add);

    /// <exception cref="Refusal">Not a timespan, or one below a day, which no plan of the simulator includes.</exception>
    public static Timespan Parse(int multiplier, string name) =>
        name switch
        {
            "day" => new(multiplier, date => date, (date, count) => date.AddDays(count)),
            "week" => new(multiplier, date => date.AddDays(-(int)date.DayOfWeek), (date, count) => date.AddDays(7 * count)),
            "month" => new(multiplier, date => new(date.Year, date.Month, 1), (date, count) => date.AddMonths(count)),
            "quarter" => new(
                multiplier,
                date => new(date.Year, date.Month - ((date.Month - 1) % 3), 1),
                (date, count) => date.AddMonths(3 * count)
            ),
            "year" => new(multiplier, date => new(date.Year, 1, 1), (date, count) => date.AddYears(count)),
            "second" or "minute" or "hour" => throw Refusal.NotEntitled(),
            _ => throw Refusal.BadRequest($"The parameter 'timespan' cannot be '{name}'"),
        };

    /// <summary>The start of the calendar unit that holds the date.</summary>
    public DateOnly Floor(DateOnly date) => floor(date);

    /// <summary>The last day of the calendar unit that holds the date.</summary>
    public DateOnly Ceiling(DateOnly date) => add(floor(date), 1).AddDays(-1);

    /// <summary>The first day of the span after the one starting here.</summary>
    public DateOnly After(DateOnly start) => add(start, multiplier);
}
