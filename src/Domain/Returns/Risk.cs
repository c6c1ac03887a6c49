namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// Risk figures of a series of periodic returns: pure functions that allocate nothing. Definitions as in empyrical (Quantopian) where it
/// has them; Sharpe (1994), Sortino and Price (1994), Young (1991) for Calmar. Returns are fractions of any period and must be finite.
/// A figure that does not exist is null: with <see cref="ReasonCodes.TooFewReturns"/>, with <see cref="ReasonCodes.ZeroDeviation"/>, or
/// with <see cref="ReasonCodes.OutOfRange"/> when no double holds it.
/// </summary>
public static class Risk
{
    /// <summary>All figures at once.</summary>
    /// <param name="returns">Returns of consecutive periods.</param>
    /// <param name="options">Periods of a year and yearly rates.</param>
    /// <param name="annualised">The yearly return that Calmar's ratio takes; that of <see cref="Annualised"/> when absent.</param>
    public static RiskFigures Of(ReadOnlySpan<double> returns, RiskOptions options, Measure? annualised = null)
    {
        var drawdown = Drawdown.Of(returns);
        var yearly = Annualised(returns, options.PeriodsPerYear);
        return new RiskFigures(
            returns.Length,
            Cumulative(returns),
            yearly,
            Volatility(returns, options.PeriodsPerYear),
            DownsideDeviation(returns, options),
            Sharpe(returns, options),
            Sortino(returns, options),
            drawdown,
            drawdown.Calmar(annualised ?? yearly)
        );
    }

    /// <summary>Product of (1 + r) - 1.</summary>
    public static Measure Cumulative(ReadOnlySpan<double> returns) =>
        returns.IsEmpty ? Measure.None(ReasonCodes.TooFewReturns) : Measure.Of(Growth.Of(returns).Value - 1);

    /// <summary>
    /// Compound annual growth rate, (1 + cumulative)^(periods per year / n) - 1, whatever the length; null with
    /// <see cref="ReasonCodes.CapitalNotPositive"/> when returns below -1 left less than nothing.
    /// </summary>
    public static Measure Annualised(ReadOnlySpan<double> returns, double periodsPerYear)
    {
        if (returns.IsEmpty)
            return Measure.None(ReasonCodes.TooFewReturns);
        var growth = Growth.Of(returns);
        return growth.Mantissa < 0
            ? Measure.None(ReasonCodes.CapitalNotPositive)
            : Measure.Of(growth.ToPower(periodsPerYear / returns.Length) - 1);
    }

    /// <summary>Sample standard deviation (n - 1) x sqrt(periods per year).</summary>
    public static Measure Volatility(ReadOnlySpan<double> returns, double periodsPerYear) =>
        returns.Length < 2
            ? Measure.None(ReasonCodes.TooFewReturns)
            : Measure.Of(Moments.Of(returns).Deviation * Math.Sqrt(periodsPerYear));

    /// <summary>sqrt(sum of min(r - mar, 0)^2 / n) x sqrt(periods per year), mar the minimum acceptable return of a period.</summary>
    public static Measure DownsideDeviation(ReadOnlySpan<double> returns, RiskOptions options) =>
        returns.Length < 2
            ? Measure.None(ReasonCodes.TooFewReturns)
            : Measure.Of(Downside(returns, options.AcceptablePerPeriod) * Math.Sqrt(options.PeriodsPerYear));

    /// <summary>mean(r - rf) / sd(r - rf) x sqrt(periods per year), rf the risk-free rate of a period.</summary>
    public static Measure Sharpe(ReadOnlySpan<double> returns, RiskOptions options)
    {
        if (returns.Length < 2)
            return Measure.None(ReasonCodes.TooFewReturns);
        var moments = Moments.Of(returns);
        return moments.IsConstant
            ? Measure.None(ReasonCodes.ZeroDeviation)
            : Measure.Of((moments.Mean - options.RiskFreePerPeriod) / moments.Deviation * Math.Sqrt(options.PeriodsPerYear));
    }

    /// <summary>mean(r - mar) x periods per year / <see cref="DownsideDeviation"/>, mar the minimum acceptable return of a period.</summary>
    public static Measure Sortino(ReadOnlySpan<double> returns, RiskOptions options)
    {
        if (returns.Length < 2)
            return Measure.None(ReasonCodes.TooFewReturns);
        var acceptable = options.AcceptablePerPeriod;
        var downside = Downside(returns, acceptable);
        return Moments.IsRounding(downside, acceptable)
            ? Measure.None(ReasonCodes.ZeroDeviation)
            : Measure.Of((Moments.Of(returns).Mean - acceptable) / downside * Math.Sqrt(options.PeriodsPerYear));
    }

    private static double Downside(ReadOnlySpan<double> returns, double acceptable)
    {
        var deepest = 0.0;
        foreach (var one in returns)
            deepest = Math.Min(deepest, one - acceptable);
        if (deepest == 0)
            return 0;
        var squares = 0.0;
        foreach (var one in returns)
        {
            var part = Math.Min(one - acceptable, 0) / deepest;
            squares += part * part;
        }
        return -deepest * Math.Sqrt(squares / returns.Length);
    }
}

/// <summary>Risk figures of one series of returns.</summary>
/// <param name="Periods">How many returns.</param>
/// <param name="Cumulative">Linked returns.</param>
/// <param name="Annualised">Compound annual growth rate.</param>
/// <param name="Volatility">Yearly standard deviation.</param>
/// <param name="DownsideDeviation">Yearly deviation below the minimum acceptable return.</param>
/// <param name="Sharpe">Excess return per volatility.</param>
/// <param name="Sortino">Excess return per downside deviation.</param>
/// <param name="MaxDrawdown">Deepest fall from a peak.</param>
/// <param name="Calmar">Yearly return per depth of that fall.</param>
public readonly record struct RiskFigures(
    int Periods,
    Measure Cumulative,
    Measure Annualised,
    Measure Volatility,
    Measure DownsideDeviation,
    Measure Sharpe,
    Measure Sortino,
    Drawdown MaxDrawdown,
    Measure Calmar
)
{
    /// <summary>None of them, for one reason.</summary>
    public static RiskFigures None(string reason)
    {
        var none = Measure.None(reason);
        return new RiskFigures(0, none, none, none, none, none, none, new Drawdown(none, null, null, null), none);
    }

    /// <summary>Each with its name.</summary>
    public IEnumerable<(string Name, Measure Measure)> Named =>
        [
            ("cumulative", Cumulative),
            ("annualised", Annualised),
            ("volatility", Volatility),
            ("downsideDeviation", DownsideDeviation),
            ("sharpe", Sharpe),
            ("sortino", Sortino),
            ("maxDrawdown", MaxDrawdown.Depth),
            ("calmar", Calmar),
        ];
}
