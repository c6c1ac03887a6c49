namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// Modified Dietz return: gain over average capital, each flow weighted by the part of the range that it was at work. Peter O. Dietz,
/// Pension Funds: Measuring Investment Performance (1966); GIPS's approximation of a money-weighted return.
/// </summary>
public static class ModifiedDietz
{
    /// <summary>gain / (V0 + sum of w x F), w = (CD - D) / CD: a flow counts from the end of its day.</summary>
    /// <param name="openingValue">V0, at the close of the day before the range.</param>
    /// <param name="closingValue">Value at the close of the last day.</param>
    /// <param name="days">Day of each flow, counted from 1 for the first day of the range; any order.</param>
    /// <param name="flows">External flows, positive when they came in; as many as days.</param>
    /// <param name="calendarDays">CD, the number of calendar days of the range.</param>
    /// <returns>Null with <see cref="ReasonCodes.CapitalNotPositive"/> when the average capital is not positive.</returns>
    public static Measure Of(double openingValue, double closingValue, ReadOnlySpan<int> days, ReadOnlySpan<double> flows, int calendarDays)
    {
        if (days.Length != flows.Length)
            throw new ArgumentException("As many days as flows are needed.", nameof(days));
        var (net, weighted) = (0.0, 0.0);
        for (var i = 0; i < flows.Length; i++)
        {
            net += flows[i];
            weighted += flows[i] * (calendarDays - days[i]) / calendarDays;
        }
        var capital = openingValue + weighted;
        return capital > 0 ? Measure.Of((closingValue - openingValue - net) / capital) : Measure.None(ReasonCodes.CapitalNotPositive);
    }
}
