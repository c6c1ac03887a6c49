namespace CleanPortfolio.Domain.Returns;

/// <summary>Money-weighted return of a range: <see cref="Xirr"/> of its opening value, its flows and its closing value.</summary>
public static class MoneyWeighted
{
    /// <summary>
    /// The yearly rate with -V0 on the day before the range, the flows on their days, and +V1 on its last day. A range into which money went
    /// and from which nothing came, nor is left, lost everything: -1.
    /// </summary>
    /// <param name="openingValue">V0, at the close of the day before the range.</param>
    /// <param name="closingValue">V1, at the close of the last day.</param>
    /// <param name="days">Day of each flow, counted from 1 for the first day of the range; any order.</param>
    /// <param name="flows">External flows, positive when they came in; as many as days.</param>
    /// <param name="calendarDays">The number of calendar days of the range.</param>
    /// <returns>As <see cref="Xirr.Of"/>.</returns>
    public static Measure Of(double openingValue, double closingValue, ReadOnlySpan<int> days, ReadOnlySpan<double> flows, int calendarDays)
    {
        if (days.Length != flows.Length)
            throw new ArgumentException("As many days as flows are needed.", nameof(days));
        var (when, amounts) = (new int[days.Length + 2], new double[days.Length + 2]);
        var lost = closingValue == 0 && openingValue >= 0;
        var paid = openingValue > 0;
        amounts[0] = -openingValue;
        for (var i = 0; i < flows.Length; i++)
        {
            (when[i + 1], amounts[i + 1]) = (days[i], -flows[i]);
            lost &= flows[i] >= 0;
            paid |= flows[i] > 0;
        }
        (when[^1], amounts[^1]) = (calendarDays, closingValue);
        return lost && paid ? Measure.Of(-1) : Xirr.Of(when, amounts);
    }

    /// <summary>A yearly rate over some days: (1 + rate)^(days / 365) - 1; what is said of the rate is said of it too.</summary>
    public static Measure OverDays(Measure rate, int days) =>
        rate.Value is not { } yearly ? rate
        : Measure.Of(Math.Pow(1 + yearly, days / 365.0) - 1) is { Value: { } period } ? rate with { Value = period }
        : Measure.None(ReasonCodes.OutOfRange);
}
