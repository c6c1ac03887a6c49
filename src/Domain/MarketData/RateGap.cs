namespace CleanPortfolio.Domain.MarketData;

/// <summary>Days between two rates of a pair of currencies.</summary>
public static class RateGap
{
    /// <summary>Days from one rate to the next over the longest weekend with holidays.</summary>
    public const int MostDays = 4;

    /// <summary>The days between two rates that are further apart than that.</summary>
    /// <param name="before">Day of the earlier rate.</param>
    /// <param name="after">Day of the later one.</param>
    /// <param name="evidence">What is known about the pair's days.</param>
    public static QualityFinding Between(DateOnly before, DateOnly after, DayEvidence evidence)
    {
        var (from, to) = (before.AddDays(1), after.AddDays(-1));
        var weekdays = Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1).Count(IsWeekday);
        var reason = evidence.ReasonOf(from);
        return new QualityFinding(FindingKind.FxGap, from, to, weekdays, reason, MissingDays.Words(reason));
    }

    private static bool IsWeekday(int dayNumber) =>
        DateOnly.FromDayNumber(dayNumber).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
