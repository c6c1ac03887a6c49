namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// The deepest fall of a value from its running peak, the starting value being a peak too. Places count values: 0 is the starting value,
/// i the value after the i-th return.
/// </summary>
/// <param name="Depth">Lowest value / running peak - 1, not above 0; 0 when it never fell.</param>
/// <param name="Peak">Place of the last value at the peak before the fall; null when it never fell.</param>
/// <param name="Trough">First place of the lowest value; null when it never fell.</param>
/// <param name="Recovery">First place after it with a value that reaches the peak again; null when there is none yet.</param>
public readonly record struct Drawdown(Measure Depth, int? Peak, int? Trough, int? Recovery)
{
    // Returns are rounded: a fall of 10 % and a rise of 1 / 0.9 - 1 may miss the old peak by a few 1e-16.
    private const double Rounding = 1e-12;

    /// <summary>The deepest fall; the first one of several equally deep.</summary>
    /// <param name="returns">Returns of consecutive periods, fractions; finite.</param>
    /// <returns>
    /// Depth null with <see cref="ReasonCodes.TooFewReturns"/> when there is no return, with <see cref="ReasonCodes.OutOfRange"/> when no
    /// double holds it, which takes returns below -1.
    /// </returns>
    public static Drawdown Of(ReadOnlySpan<double> returns)
    {
        if (returns.IsEmpty)
            return new Drawdown(Measure.None(ReasonCodes.TooFewReturns), null, null, null);
        // The value is kept as a fraction of its running peak, which no length of series can overflow.
        var (ofPeak, peak, lowest) = (1.0, 0, 1.0 - Rounding);
        (int? from, int? trough, int? recovery) = (null, null, null);
        for (var i = 1; i <= returns.Length; i++)
        {
            ofPeak *= 1 + returns[i - 1];
            if (ofPeak < lowest)
                (lowest, from, trough, recovery) = (ofPeak, peak, i, null);
            if (ofPeak < 1 - Rounding)
                continue;
            if (trough is not null && from == peak)
                recovery ??= i;
            (peak, ofPeak) = (i, Math.Min(ofPeak, 1));
        }
        var depth = trough is null ? Measure.Of(0) : Measure.Of(lowest - 1);
        return depth.Value is null ? new Drawdown(depth, null, null, null) : new Drawdown(depth, from, trough, recovery);
    }

    /// <summary>Calmar ratio: a yearly return / |depth|.</summary>
    /// <param name="annualised">Yearly rate of return, a fraction.</param>
    /// <returns>
    /// Null with <see cref="ReasonCodes.NoDrawdown"/> when the value never fell, else with the reason that one of the two has none.
    /// </returns>
    public Measure Calmar(Measure annualised) =>
        Depth.Value is not { } depth ? Depth
        : depth == 0 ? Measure.None(ReasonCodes.NoDrawdown)
        : annualised.Value is not { } rate ? annualised
        : Measure.Of(rate / Math.Abs(depth));
}
