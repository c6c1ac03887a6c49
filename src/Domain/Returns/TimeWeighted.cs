namespace CleanPortfolio.Domain.Returns;

/// <summary>When within its day a flow is taken to happen.</summary>
public enum FlowTiming
{
    /// <summary>What comes in works all day, what goes out worked all day (Portfolio Performance's true time-weighted rate).</summary>
    InAtStartOutAtEnd,

    /// <summary>Every flow happens before the day begins.</summary>
    StartOfDay,
}

/// <summary>
/// Time-weighted return: the product of daily returns, so that the size and timing of flows do not matter. GIPS (2020), provision 2.A.23,
/// with daily sub-periods.
/// </summary>
public static class TimeWeighted
{
    /// <summary>
    /// r(d) = (V(d) + out(d)) / (V(d-1) + in(d)) - 1 on each day, linked; with <see cref="FlowTiming.StartOfDay"/>
    /// r(d) = V(d) / (V(d-1) + in(d) - out(d)) - 1. A day with no capital at all links with factor 1: a dividend that is paid when the
    /// shares are sold already is income, but no return on anything.
    /// </summary>
    /// <param name="values">Value at the close of each day; the first is that of the day before the range.</param>
    /// <param name="inflows">What came in on each day of the range, not negative; one fewer than values.</param>
    /// <param name="outflows">What went out on each day of the range, not negative; one fewer than values.</param>
    /// <param name="timing">When within its day a flow happens.</param>
    /// <param name="daily">Receives the return of each day; as long as the flows, or empty.</param>
    /// <param name="weights">
    /// Receives, for each day, the growth until its start / its capital, 0 without capital; as long as the flows, or empty. A gain of the day
    /// x its weight is what that gain contributed to the linked return: over all days and all parts of the gain this adds up to the return.
    /// </param>
    /// <returns>The linked return; null with <see cref="ReasonCodes.CapitalNotPositive"/> when a day has a capital that is not positive.</returns>
    public static Measure Of(
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> inflows,
        ReadOnlySpan<double> outflows,
        FlowTiming timing,
        Span<double> daily = default,
        Span<double> weights = default
    )
    {
        if (inflows.Length != outflows.Length || values.Length != inflows.Length + 1)
            throw new ArgumentException("One flow a day, and one value more than days, are needed.", nameof(values));
        var linked = 1.0;
        var startOfDay = timing is FlowTiming.StartOfDay;
        for (var day = 0; day < inflows.Length; day++)
        {
            var capital = values[day] + inflows[day] - (startOfDay ? outflows[day] : 0);
            var end = values[day + 1] + (startOfDay ? 0 : outflows[day]);
            var none = values[day] == 0 && capital == 0;
            if (capital <= 0 && !none)
                return Measure.None(ReasonCodes.CapitalNotPositive);
            var factor = none ? 1 : end / capital;
            if (!weights.IsEmpty)
                weights[day] = none ? 0 : linked / capital;
            linked *= factor;
            if (!daily.IsEmpty)
                daily[day] = factor - 1;
        }
        return Measure.Of(linked - 1);
    }
}
