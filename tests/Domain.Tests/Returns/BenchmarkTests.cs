using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public sealed class BenchmarkTests
{
    [Fact]
    public void Beta_is_the_covariance_over_the_variance_of_the_benchmark()
    {
        // empyrical: alpha_beta(mixed_returns, negative_returns[1:])
        Of(Series.Mixed, Series.Negative[1..]).Beta.Value.Should().BeApproximately(-0.71296296296296313, 1e-12);
        Of(Series.Mixed, Series.Mixed).Beta.Value.Should().BeApproximately(1, 1e-12);
        Of(Series.Mixed, [.. Series.Mixed.Select(r => -r)]).Beta.Value.Should().BeApproximately(-1, 1e-12);
        Of(Series.Flat, Series.Step).Beta.Value.Should().Be(0);
    }

    [Fact]
    public void Alpha_is_the_compounded_mean_of_what_beta_does_not_explain()
    {
        // empyrical 0.5: alpha(mixed_returns, negative_returns[1:]); before compounding it was -8.306666666666668 / 252 a day
        Of(Series.Mixed, Series.Negative[1..])
            .Alpha.Value.Should()
            .BeApproximately(Math.Pow(1 - (8.306666666666668 / 252), 252) - 1, 1e-10);
        Of(Series.Mixed, Series.Mixed).Alpha.Value.Should().BeApproximately(0, 1e-10);
        // r = 2 b + 0.01 and rf = 0.02: alpha of a period = 0.01 + (2 - 1) x 0.02
        var options = new RiskOptions(4, RiskFreeRate: Math.Pow(1.02, 4) - 1);
        Benchmark.Of([0.01, 0.05, 0.09], [0, 0.02, 0.04], options).Alpha.Value.Should().BeApproximately(Math.Pow(1.03, 4) - 1, 1e-12);
    }

    [Fact]
    public void Correlation_is_Pearsons()
    {
        // 1, 2, 3 with 1, 3, 2: 0.5
        Of([0.01, 0.02, 0.03], [0.01, 0.03, 0.02]).Correlation.Value.Should().BeApproximately(0.5, 1e-12);
        Of(Series.Mixed, Series.Mixed).Correlation.Value.Should().BeApproximately(1, 1e-15);
        // PerformanceAnalytics, FamaBeta(portfolio_bacon): sd(r) / sd(b) = beta / correlation, expected 1.03
        var bacon = Of(Series.Bacon, Series.BaconBenchmark);
        (bacon.Beta.Value / bacon.Correlation.Value).Should().BeApproximately(1.03, 5e-3);
    }

    [Fact]
    public void TrackingError_is_the_yearly_deviation_of_the_difference()
    {
        // differences 0.01, 0.03, 0.05: sd 0.02
        Benchmark.Of([0.01, 0.05, 0.09], [0, 0.02, 0.04], new RiskOptions(4)).TrackingError.Value.Should().BeApproximately(0.04, 1e-12);
        // against what never moves it is the volatility of empyrical's series
        Of(Series.Mixed, Series.Flat[1..]).TrackingError.Value.Should().BeApproximately(0.9136465399704637, 1e-10);
        Of(Series.Mixed, Series.Mixed).TrackingError.Should().Be(Measure.Of(0));
    }

    [Fact]
    public void InformationRatio_is_the_mean_difference_per_tracking_error()
    {
        // empyrical: information_ratio, there not annualised
        var year = Math.Sqrt(252);
        Of(Series.Mixed, new double[8]).InformationRatio.Value.Should().BeApproximately(0.10859306069076737 * year, 1e-10);
        Of(Series.Mixed, Series.Flat[1..]).InformationRatio.Value.Should().BeApproximately(-0.06515583641446039 * year, 1e-10);
        Of(Series.Mixed, Series.Mixed).InformationRatio.Should().Be(Measure.None(ReasonCodes.ZeroDeviation));
    }

    [Fact]
    public void A_benchmark_that_never_moves_has_neither_beta_nor_alpha_nor_correlation()
    {
        var figures = Of(Series.Mixed, Series.Flat[1..]);

        var none = Measure.None(ReasonCodes.ZeroDeviation);
        new[] { figures.Beta, figures.Alpha, figures.Correlation }.Should().AllBeEquivalentTo(none);
    }

    [Theory]
    [InlineData(0, ReasonCodes.NoOverlap)]
    [InlineData(1, ReasonCodes.TooFewReturns)]
    public void Fewer_than_two_common_periods_compare_nothing(int count, string reason)
    {
        double[] returns = [.. Enumerable.Repeat(0.1, count)];

        Of(returns, returns).Named.Select(named => named.Measure).Should().AllBeEquivalentTo(Measure.None(reason));
    }

    [Fact]
    public void Series_of_different_length_are_a_programmers_error() =>
        new Action(() => Of([0.1, 0.2], [0.1])).Should().Throw<ArgumentException>();

    [Fact]
    public void Figures_equal_their_formulas_written_plainly() =>
        Gen.Select(Series.Pair, Gen.Double[-0.5, 1], Gen.Int[1, 365])
            .Where((pair, _, _) => pair.Own.Distinct().Count() > 1)
            .Sample(
                (pair, rfYear, year) =>
                {
                    var (r, b) = pair;
                    var rf = Math.Pow(1 + rfYear, 1.0 / year) - 1;
                    var figures = Benchmark.Of(r, b, new RiskOptions(year, rfYear));

                    double Covariance(double[] x, double[] y) =>
                        x.Zip(y, (one, other) => (one - x.Average()) * (other - y.Average())).Sum() / (x.Length - 1);
                    var beta = Covariance(r, b) / Covariance(b, b);
                    var apart = r.Zip(b, (one, other) => one - other).ToArray();
                    var unexplained = r.Zip(b, (one, other) => one - rf - (beta * (other - rf))).Average();
                    Near(figures.Beta, beta);
                    Near(figures.Correlation, Covariance(r, b) / Math.Sqrt(Covariance(r, r) * Covariance(b, b)));
                    Near(figures.TrackingError, Math.Sqrt(Covariance(apart, apart) * year));
                    Near(figures.InformationRatio, apart.Average() / Math.Sqrt(Covariance(apart, apart)) * Math.Sqrt(year));
                    if (unexplained > -1 && double.IsFinite(Math.Pow(1 + unexplained, year)))
                        Near(figures.Alpha, Math.Pow(1 + unexplained, year) - 1);
                },
                iter: 2_000
            );

    [Fact]
    public void Scaling_both_leaves_beta_and_correlation() =>
        Gen.Select(Series.Pair, Gen.Double[0.01, 100])
            .Where((pair, _) => pair.Own.Distinct().Count() > 1)
            .Sample(
                (pair, scale) =>
                {
                    var one = Of(pair.Own, pair.Other);
                    var other = Of([.. pair.Own.Select(r => r * scale)], [.. pair.Other.Select(r => r * scale)]);

                    Near(other.Beta, one.Beta.Value!.Value);
                    Near(other.Correlation, one.Correlation.Value!.Value);
                    Near(other.InformationRatio, one.InformationRatio.Value!.Value);
                },
                iter: 1_000
            );

    [Fact]
    public void No_figure_of_finite_returns_is_ever_NaN_or_infinite_and_none_is_missing_without_a_reason() =>
        Gen.Select(Series.Absurd, Series.Absurd, Gen.Double[-0.99, 1e6])
            .Sample(
                (own, other, rate) =>
                {
                    var count = Math.Min(own.Length, other.Length);
                    foreach (var (name, measure) in Benchmark.Of(own[..count], other[..count], new RiskOptions(252, rate)).Named)
                        (measure.Value is { } value ? double.IsFinite(value) : measure.Reason is not null).Should().BeTrue(name);
                },
                iter: 10_000
            );

    private static BenchmarkFigures Of(double[] returns, double[] benchmark) => Benchmark.Of(returns, benchmark, RiskOptions.Daily);

    private static void Near(Measure measure, double expected) =>
        measure.Value.Should().BeApproximately(expected, 1e-8 * (1 + Math.Abs(expected)));
}
