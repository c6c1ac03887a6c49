using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Application.Returns;

/// <summary>Risk figures as fractions; one that does not exist is null, with its reason in <c>quality</c>.</summary>
/// <param name="Periods">How many returns.</param>
/// <param name="Cumulative">Linked returns: product of (1 + r) - 1.</param>
/// <param name="Annualised">Compound annual growth rate: (1 + cumulative)^(periods per year / periods) - 1 of a series, (1 + cumulative)^(365 / days) - 1 of a portfolio, from 365 days on.</param>
/// <param name="Volatility">Sample standard deviation x sqrt(periods per year).</param>
/// <param name="DownsideDeviation">sqrt(sum of min(r - mar, 0)^2 / periods) x sqrt(periods per year).</param>
/// <param name="Sharpe">mean(r - rf) / sd(r - rf) x sqrt(periods per year).</param>
/// <param name="Sortino">mean(r - mar) x periods per year / downsideDeviation.</param>
/// <param name="MaxDrawdown">Most negative value / running peak - 1; 0 when the value never fell.</param>
/// <param name="Drawdown">Where that was; null when the value never fell.</param>
/// <param name="Calmar">annualised / |maxDrawdown|.</param>
public sealed record RiskReport(
    int Periods,
    double? Cumulative,
    double? Annualised,
    double? Volatility,
    double? DownsideDeviation,
    double? Sharpe,
    double? Sortino,
    double? MaxDrawdown,
    DrawdownReport? Drawdown,
    double? Calmar
)
{
    internal static RiskReport Of(RiskFigures figures, Func<int, DateOnly?> dateOf) =>
        new(
            figures.Periods,
            figures.Cumulative.Value,
            figures.Annualised.Value,
            figures.Volatility.Value,
            figures.DownsideDeviation.Value,
            figures.Sharpe.Value,
            figures.Sortino.Value,
            figures.MaxDrawdown.Depth.Value,
            DrawdownReport.Of(figures.MaxDrawdown, dateOf),
            figures.Calmar.Value
        );
}

/// <summary>Where the deepest fall was. Places count values: 0 is the starting value, i the value after the i-th return.</summary>
/// <param name="Peak">Place of the last value at the peak before the fall.</param>
/// <param name="Trough">Place of the lowest value.</param>
/// <param name="Recovery">First place after it that reaches the peak again; null when there is none yet.</param>
/// <param name="PeakDate">Date of the peak; null without dates, and for the starting value of a series, which has none.</param>
/// <param name="TroughDate">Date of the lowest value; null without dates.</param>
/// <param name="RecoveryDate">Date of the recovery; null without dates, and when there is none yet.</param>
public sealed record DrawdownReport(int Peak, int Trough, int? Recovery, DateOnly? PeakDate, DateOnly? TroughDate, DateOnly? RecoveryDate)
{
    internal static DrawdownReport? Of(Drawdown drawdown, Func<int, DateOnly?> dateOf) =>
        drawdown is { Peak: { } peak, Trough: { } trough }
            ? new DrawdownReport(
                peak,
                trough,
                drawdown.Recovery,
                dateOf(peak),
                dateOf(trough),
                drawdown.Recovery is { } recovery ? dateOf(recovery) : null
            )
            : null;
}

/// <summary>Figures against a benchmark, as fractions; one that does not exist is null, with its reason in <c>quality</c>.</summary>
/// <param name="Periods">How many periods have both returns.</param>
/// <param name="Beta">cov(r - rf, b - rf) / var(b - rf).</param>
/// <param name="Alpha">(1 + mean((r - rf) - beta (b - rf)))^(periods per year) - 1.</param>
/// <param name="Correlation">Pearson's, from -1 to 1.</param>
/// <param name="TrackingError">sd(r - b) x sqrt(periods per year).</param>
/// <param name="InformationRatio">mean(r - b) / sd(r - b) x sqrt(periods per year).</param>
public sealed record BenchmarkReport(
    int Periods,
    double? Beta,
    double? Alpha,
    double? Correlation,
    double? TrackingError,
    double? InformationRatio
)
{
    internal static BenchmarkReport Of(BenchmarkFigures figures) =>
        new(
            figures.Periods,
            figures.Beta.Value,
            figures.Alpha.Value,
            figures.Correlation.Value,
            figures.TrackingError.Value,
            figures.InformationRatio.Value
        );
}

/// <summary>What the risk figures are measured by.</summary>
/// <param name="PeriodsPerYear">How many returns make a year.</param>
/// <param name="RiskFreeRate">Yearly; of a period it is (1 + rate)^(1 / periods per year) - 1.</param>
/// <param name="MinimumAcceptableReturn">Yearly; of a period it is (1 + return)^(1 / periods per year) - 1.</param>
/// <param name="Deviation">Standard deviations divide by n - 1.</param>
public sealed record RiskConventions(double PeriodsPerYear, double RiskFreeRate, double MinimumAcceptableReturn, string Deviation)
{
    internal static RiskConventions Of(RiskOptions options) =>
        new(options.PeriodsPerYear, options.RiskFreeRate, options.MinimumAcceptableReturn, "sample");
}

internal static class MeasureReasons
{
    /// <summary>One reason for each code, naming the figures that it is about.</summary>
    public static IEnumerable<Reason> Of(IEnumerable<(string Name, Measure Measure)> named) =>
        named
            .Where(one => one.Measure.Reason is not null)
            .GroupBy(one => one.Measure.Reason!, StringComparer.Ordinal)
            .Select(same => new Reason(same.Key, null, null, $"{string.Join(", ", same.Select(one => one.Name))}."));
}
