using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>A price and the day it is of.</summary>
/// <param name="Date">The session.</param>
/// <param name="Price">In the stock's currency, per share of the day asked for.</param>
public readonly record struct Quote(DateOnly Date, decimal Price);

/// <summary>
/// The raw closes of one stock in memory: two flat arrays, 12 bytes a session. Immutable, so that many requests can read it at once.
/// </summary>
public sealed class PriceSeries
{
    /// <summary>Closes are whole counts of this many to 1.</summary>
    public const long Scale = 100_000_000;

    private readonly int[] _days;
    private readonly long[] _closes;

    /// <summary>A series of as many days as closes.</summary>
    /// <param name="days"><see cref="DateOnly.DayNumber"/>s, strictly ascending.</param>
    /// <param name="closes">Closes x <see cref="Scale"/>.</param>
    public PriceSeries(int[] days, long[] closes)
    {
        if (days.Length != closes.Length)
            throw new ArgumentException("As many closes as days are needed.", nameof(closes));
        (_days, _closes) = (days, closes);
    }

    /// <summary>No price at all.</summary>
    public static PriceSeries None { get; } = new([], []);

    /// <summary><see cref="DateOnly.DayNumber"/>s of the sessions, ascending.</summary>
    public ReadOnlySpan<int> Days => _days;

    /// <summary>Their closes x <see cref="Scale"/>.</summary>
    public ReadOnlySpan<long> Closes => _closes;

    /// <summary>This series, with <paramref name="part"/> instead of its own sessions from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public PriceSeries Replace(DateOnly from, DateOnly to, PriceSeries part)
    {
        var (start, end) = (IndexFrom(from.DayNumber), IndexFrom(to.DayNumber + 1));
        return new PriceSeries(
            [.. _days.AsSpan(..start), .. part._days, .. _days.AsSpan(end..)],
            [.. _closes.AsSpan(..start), .. part._closes, .. _closes.AsSpan(end..)]
        );
    }

    /// <summary>Number of sessions.</summary>
    public int Count => _days.Length;

    /// <summary>Day of the first close; null when there is none.</summary>
    public DateOnly? FirstDay => _days.Length == 0 ? null : DateOnly.FromDayNumber(_days[0]);

    /// <summary>A close as it is kept.</summary>
    public static long Scaled(decimal close) => decimal.ToInt64(close * Scale);

    /// <summary>
    /// The last close on or before <paramref name="day"/>, in shares of <paramref name="day"/>: a close that is carried over a split is
    /// multiplied by from / to, half-even to 8 decimals. Null before the first close.
    /// </summary>
    public Quote? On(DateOnly day, IReadOnlyList<Split> splits)
    {
        var index = Array.BinarySearch(_days, day.DayNumber);
        if (index < 0)
            index = ~index - 1;
        if (index < 0)
            return null;
        var date = DateOnly.FromDayNumber(_days[index]);
        var close = (decimal)_closes[index] / Scale;
        for (var i = 0; i < splits.Count; i++) // an enumerator would be allocated
            if (splits[i].ExecutionDate > date && splits[i].ExecutionDate <= day)
                close = CarriedOver(splits[i], close);
        return new Quote(date, close);
    }

    /// <summary>
    /// Writes the close in force on each day of <paramref name="timeline"/> into <paramref name="closes"/> (x <see cref="Scale"/>);
    /// 0 where there is none yet. Agrees with <see cref="On"/> on every day.
    /// </summary>
    public void FillForward(Timeline timeline, IReadOnlyList<Split> splits, Span<long> closes)
    {
        if (closes.Length != timeline.Length)
            throw new ArgumentException("As long as the timeline, please.", nameof(closes));
        var next = Array.BinarySearch(_days, timeline.First.DayNumber);
        next = next < 0 ? ~next : next;
        var close = On(timeline.First, splits) is { } first ? Scaled(first.Price) : 0;
        for (var i = 0; i < closes.Length; i++)
        {
            var day = timeline.First.DayNumber + i;
            if (next < _days.Length && _days[next] == day)
                close = _closes[next++];
            else if (i > 0 && close != 0)
                close = Carried(splits, day, close);
            closes[i] = close;
        }
    }

    /// <summary>The raw closes from the one in force on <paramref name="from"/> to <paramref name="to"/>, ascending.</summary>
    public IEnumerable<Quote> Between(DateOnly from, DateOnly to)
    {
        var index = Array.BinarySearch(_days, from.DayNumber);
        for (index = index < 0 ? Math.Max(0, ~index - 1) : index; index < _days.Length && _days[index] <= to.DayNumber; index++)
            yield return new Quote(DateOnly.FromDayNumber(_days[index]), (decimal)_closes[index] / Scale);
    }

    /// <summary>The days from <paramref name="from"/> to <paramref name="to"/> on which a close that is carried on becomes older than <paramref name="age"/> days.</summary>
    internal IEnumerable<DateOnly> OlderThan(int age, DateOnly from, DateOnly to)
    {
        var index = Array.BinarySearch(_days, from.DayNumber);
        for (index = index < 0 ? Math.Max(0, ~index - 1) : index; index < _days.Length && _days[index] <= to.DayNumber; index++)
        {
            var day = _days[index] + age + 1;
            if (day >= from.DayNumber && day <= to.DayNumber && (index + 1 == _days.Length || _days[index + 1] > day))
                yield return DateOnly.FromDayNumber(day);
        }
    }

    /// <summary>Sets <paramref name="sessions"/> on the days from index <paramref name="start"/> to before <paramref name="end"/> that have a close of their own.</summary>
    public void MarkSessions(Timeline timeline, int start, int end, Span<bool> sessions)
    {
        var index = Array.BinarySearch(_days, timeline.First.DayNumber + start);
        for (index = index < 0 ? ~index : index; index < _days.Length; index++)
        {
            var day = _days[index] - timeline.First.DayNumber;
            if (day >= end)
                break;
            sessions[day] = true;
        }
    }

    private int IndexFrom(int day)
    {
        var index = Array.BinarySearch(_days, day);
        return index < 0 ? ~index : index;
    }

    private static long Carried(IReadOnlyList<Split> splits, int day, long close)
    {
        for (var i = 0; i < splits.Count; i++)
            if (splits[i].ExecutionDate.DayNumber == day)
                close = Scaled(CarriedOver(splits[i], (decimal)close / Scale));
        return close;
    }

    // Never down to 0, which would read as "no price yet".
    private static decimal CarriedOver(Split split, decimal close) =>
        Math.Max(1m / Scale, Exact.Trim(decimal.Round(close * split.From / split.To, Bar.PriceDecimals, MidpointRounding.ToEven)));
}

/// <summary>Consecutive calendar days; the index of a day is its distance from the first.</summary>
/// <param name="First">First day.</param>
/// <param name="Last">Last day, not before the first.</param>
public readonly record struct Timeline(DateOnly First, DateOnly Last)
{
    /// <summary>Number of days.</summary>
    public int Length => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The day at <paramref name="index"/>.</summary>
    public DateOnly this[int index] => First.AddDays(index);

    /// <summary>Index of <paramref name="day"/>, which may lie outside.</summary>
    public int IndexOf(DateOnly day) => day.DayNumber - First.DayNumber;
}
