namespace CleanPortfolio.Domain.Calendars;

/// <summary>The sessions of the New York exchanges in a range, to be counted and cut fast.</summary>
public sealed class SessionList
{
    private readonly DateOnly[] _days;

    /// <summary>The sessions from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public SessionList(DateOnly from, DateOnly to) => _days = [.. UsMarketCalendar.Sessions(from, to)];

    /// <summary>Those from <paramref name="from"/> to <paramref name="to"/>, both included, ascending; none when the range is turned around.</summary>
    public ReadOnlySpan<DateOnly> Between(DateOnly from, DateOnly to)
    {
        var (first, end) = (FirstFrom(from), FirstFrom(to.AddDays(1)));
        return first < end ? _days.AsSpan(first..end) : [];
    }

    /// <summary>Whether no session lies between the two days.</summary>
    public bool AreNeighbours(DateOnly earlier, DateOnly later) => FirstFrom(later) - FirstFrom(earlier.AddDays(1)) <= 0;

    private int FirstFrom(DateOnly day)
    {
        var at = Array.BinarySearch(_days, day);
        return at < 0 ? ~at : at;
    }
}
