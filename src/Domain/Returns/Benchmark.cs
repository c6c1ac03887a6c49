namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// Figures of a series of returns against a benchmark's of the same periods: pure functions that allocate nothing. Definitions as in
/// empyrical (Quantopian) where it has them; Jensen (1968) for alpha. Series of different length are a programmer's error. A figure that
/// does not exist is null: with <see cref="ReasonCodes.NoOverlap"/> when there is no period at all,
/// <see cref="ReasonCodes.TooFewReturns"/> for only one, <see cref="ReasonCodes.ZeroDeviation"/>, or <see cref="ReasonCodes.OutOfRange"/>.
/// </summary>
public static class Benchmark
{
    /// <summary>All figures at once.</summary>
    /// <param name="returns">Returns of consecutive periods, fractions; finite.</param>
    /// <param name="benchmark">Returns of the benchmark in the same periods.</param>
    /// <param name="options">Periods of a year and yearly rates.</param>
    public static BenchmarkFigures Of(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, RiskOptions options)
    {
        if (returns.Length != benchmark.Length)
            throw new ArgumentException("As many returns of the benchmark as returns are needed.", nameof(benchmark));
        if (returns.Length < 2)
            return BenchmarkFigures.None(returns.Length, returns.IsEmpty ? ReasonCodes.NoOverlap : ReasonCodes.TooFewReturns);
        var (own, other, apart) = (Moments.Of(returns), Moments.Of(benchmark), Moments.Of(returns, benchmark));
        var correlation = Correlation(returns, own, benchmark, other);
        var beta = Beta(correlation, own, other);
        var year = Math.Sqrt(options.PeriodsPerYear);
        return new BenchmarkFigures(
            returns.Length,
            beta,
            Alpha(beta, own, other, options),
            correlation,
            Measure.Of(apart.Deviation * year),
            apart.IsConstant ? Measure.None(ReasonCodes.ZeroDeviation) : Measure.Of(apart.Mean / apart.Deviation * year)
        );
    }

    private static Measure Correlation(ReadOnlySpan<double> returns, Moments own, ReadOnlySpan<double> benchmark, Moments other) =>
        own.IsConstant || other.IsConstant
            ? Measure.None(ReasonCodes.ZeroDeviation)
            : Measure.Of(Moments.Correlation(returns, own, benchmark, other));

    // cov(r, b) / var(b) = correlation x sd(r) / sd(b); a constant rate taken off both changes neither. What never moves has beta 0.
    private static Measure Beta(Measure correlation, Moments own, Moments other) =>
        other.IsConstant ? Measure.None(ReasonCodes.ZeroDeviation)
        : own.IsConstant ? Measure.Of(0)
        : correlation.Value is { } value ? Measure.Of(value * own.Deviation / other.Deviation)
        : correlation;

    private static Measure Alpha(Measure beta, Moments own, Moments other, RiskOptions options)
    {
        if (beta.Value is not { } slope)
            return beta;
        var rate = options.RiskFreePerPeriod;
        var growth = 1 + (own.Mean - rate - (slope * (other.Mean - rate)));
        return growth < 0 ? Measure.None(ReasonCodes.OutOfRange) : Measure.Of(Math.Pow(growth, options.PeriodsPerYear) - 1);
    }
}

/// <summary>Figures against a benchmark.</summary>
/// <param name="Periods">How many periods have both returns.</param>
/// <param name="Beta">cov(r - rf, b - rf) / var(b - rf).</param>
/// <param name="Alpha">(1 + mean((r - rf) - beta (b - rf)))^(periods per year) - 1.</param>
/// <param name="Correlation">Pearson's, from -1 to 1.</param>
/// <param name="TrackingError">sd(r - b) x sqrt(periods per year).</param>
/// <param name="InformationRatio">mean(r - b) / sd(r - b) x sqrt(periods per year).</param>
public readonly record struct BenchmarkFigures(
    int Periods,
    Measure Beta,
    Measure Alpha,
    Measure Correlation,
    Measure TrackingError,
    Measure InformationRatio
)
{
    /// <summary>Each with its name.</summary>
    public IEnumerable<(string Name, Measure Measure)> Named =>
        [
            ("beta", Beta),
            ("alpha", Alpha),
            ("correlation", Correlation),
            ("trackingError", TrackingError),
            ("informationRatio", InformationRatio),
        ];

    /// <summary>None of them, for one reason.</summary>
    public static BenchmarkFigures None(int periods, string reason)
    {
        var none = Measure.None(reason);
        return new BenchmarkFigures(periods, none, none, none, none, none);
    }
}
