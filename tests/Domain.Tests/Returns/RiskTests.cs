using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public sealed class RiskTests
{
    private const double Exact = 1e-10;
    private static readonly RiskOptions Weeks = new(52);
    private static readonly RiskOptions Months = new(12);

    [Fact]
    public void Volatility_is_the_sample_standard_deviation_times_the_root_of_periods_per_year()
    {
        // -0.01, 0, 0.01: variance 0.0002 / 2
        Risk.Volatility([-0.01, 0, 0.01], 252).Value.Should().BeApproximately(0.01 * Math.Sqrt(252), Exact);
        // empyrical: annual_volatility
        Risk.Volatility(Series.Mixed, 252).Value.Should().BeApproximately(0.9136465399704637, Exact);
        Risk.Volatility(Series.Weekly, 52).Value.Should().BeApproximately(0.38851569394870583, Exact);
        Risk.Volatility(Series.Weekly, 12).Value.Should().BeApproximately(0.18663690238892558, Exact);
        Risk.Volatility(Series.Flat, 252).Should().Be(Measure.Of(0));
    }

    [Fact]
    public void DownsideDeviation_takes_only_what_lies_below_the_minimum_but_divides_by_all()
    {
        // empyrical: downside_risk
        Risk.DownsideDeviation(Series.Mixed, RiskOptions.Daily).Value.Should().BeApproximately(0.60448325038829653, Exact);
        Risk.DownsideDeviation(Series.Weekly, Weeks).Value.Should().BeApproximately(0.25888650451930134, Exact);
        Risk.DownsideDeviation(Series.Weekly, Months).Value.Should().BeApproximately(0.1243650540411842, Exact);
        Risk.DownsideDeviation(Series.One, RiskOptions.Daily).Value.Should().BeApproximately(0.20671788246185202, Exact);
        Risk.DownsideDeviation(Series.Two, RiskOptions.Daily).Value.Should().BeApproximately(0.083495680595704475, Exact);
        Risk.DownsideDeviation(Series.Positive, RiskOptions.Daily).Should().Be(Measure.Of(0));
    }

    [Theory]
    [InlineData(252, 1.7161730681956295)]
    [InlineData(52, 0.7733045971672482)]
    [InlineData(12, 0.37148351242013422)]
    public void The_minimum_acceptable_return_is_a_yearly_one(int year, double expected)
    {
        // empyrical: downside_risk with 0.1 of a period, of the daily series without its missing return
        var options = new RiskOptions(year, MinimumAcceptableReturn: Math.Pow(1.1, year) - 1);
        var returns = year == 252 ? Series.Mixed : Series.Weekly;

        Risk.DownsideDeviation(returns, options).Value.Should().BeApproximately(expected, 1e-8);
    }

    [Fact]
    public void DownsideDeviation_equals_the_example_of_Bacon()
    {
        // PerformanceAnalytics, DownsideDeviation(portfolio_bacon, MAR = 0.005): expected 0.0255, not annualised
        var options = new RiskOptions(1, MinimumAcceptableReturn: 0.005);

        Risk.DownsideDeviation(Series.Bacon, options).Value.Should().BeApproximately(0.0255, 5e-5);
    }

    [Fact]
    public void Sharpe_is_the_mean_excess_return_per_deviation()
    {
        // empyrical: sharpe_ratio
        Risk.Sharpe(Series.Mixed, RiskOptions.Daily).Value.Should().BeApproximately(1.7238613961706866, Exact);
        Risk.Sharpe(Series.Positive, RiskOptions.Daily).Value.Should().BeApproximately(52.915026221291804, 1e-8);
        Risk.Sharpe(Series.Negative, RiskOptions.Daily).Value.Should().BeApproximately(-24.406808633910085, 1e-8);
        // 0.02 and 0.04 less 0.01, which is 1.0201^(1/2) - 1: mean 0.02, sd 0.02 / sqrt(2)
        Risk.Sharpe([0.02, 0.04], new RiskOptions(2, RiskFreeRate: 0.0201)).Value.Should().BeApproximately(2, 1e-10);
    }

    [Fact]
    public void Sortino_is_the_mean_excess_return_per_downside_deviation()
    {
        // empyrical: sortino_ratio
        Risk.Sortino(Series.Mixed, RiskOptions.Daily).Value.Should().BeApproximately(2.605531251673693, Exact);
        Risk.Sortino(Series.Negative, RiskOptions.Daily).Value.Should().BeApproximately(-13.532743075043401, Exact);
        Risk.Sortino(Series.Weekly, Weeks).Value.Should().BeApproximately(1.1158901056866439, Exact);
        Risk.Sortino(Series.Weekly, Months).Value.Should().BeApproximately(0.53605626741889756, Exact);
        Risk.Sortino(Series.One, RiskOptions.Daily).Value.Should().BeApproximately(3.0639640966566306, 1e-8);
        Risk.Sortino(Series.Two, Weeks).Value.Should().BeApproximately(17.303077589064618, 1e-8);
        Risk.Sortino(Series.Mixed, new RiskOptions(252, 0, Math.Pow(1.01, 252) - 1))
            .Value.Should()
            .BeApproximately(-1.3934779588919977, 1e-8);
    }

    [Fact]
    public void Calmar_is_the_yearly_return_per_depth_of_the_deepest_fall()
    {
        // empyrical: calmar_ratio; its daily series counts the missing return as a day
        Risk.Of(Series.Weekly, RiskOptions.Daily).Calmar.Value.Should().BeApproximately(19.135925373194233, 1e-8);
        Risk.Of(Series.Weekly, Weeks).Calmar.Value.Should().BeApproximately(2.4690830513998208, 1e-8);
        Risk.Of(Series.Weekly, Months).Calmar.Value.Should().BeApproximately(0.52242061386048144, 1e-8);
        Risk.Of(Series.Positive, Weeks).Calmar.Should().Be(Measure.None(ReasonCodes.NoDrawdown));
        // a yearly return known otherwise
        Risk.Of(Series.Weekly, Weeks, Measure.Of(0.05)).Calmar.Value.Should().BeApproximately(0.5, Exact);
        var unknown = Measure.None(ReasonCodes.ShorterThanYear);
        Risk.Of(Series.Weekly, Weeks, unknown).Calmar.Should().Be(unknown);
    }

    [Fact]
    public void Annualised_is_the_compound_rate_of_a_year_of_periods()
    {
        // empyrical: annual_return
        Risk.Annualised(Series.Weekly, 252).Value.Should().BeApproximately(1.9135925373194231, Exact);
        Risk.Annualised(Series.Weekly, 52).Value.Should().BeApproximately(0.24690830513998208, Exact);
        Risk.Annualised(Series.Weekly, 12).Value.Should().BeApproximately(0.052242061386048144, Exact);
        Risk.Annualised([0.21], 0.5).Value.Should().BeApproximately(0.1, Exact);
        Risk.Annualised([0.5, -1], 252).Value.Should().Be(-1);
        Risk.Annualised([0.5, -1.5], 252).Should().Be(Measure.None(ReasonCodes.CapitalNotPositive));
    }

    [Fact]
    public void Cumulative_links_the_returns()
    {
        // empyrical: cum_returns_final
        Risk.Cumulative(Series.Weekly).Value.Should().BeApproximately(0.038931091700480147, Exact);
        Risk.Cumulative(Series.Negative).Value.Should().BeApproximately(-0.36590, 1e-5);
        // What overflows on the way need not overflow in the end.
        Risk.Cumulative([1e200, 1e200, -1, 3]).Value.Should().Be(-1);
        Risk.Cumulative([1e200, 1e200]).Should().Be(Measure.None(ReasonCodes.OutOfRange));
        Risk.Annualised([1e200, 1e200], 1).Value.Should().BeApproximately(1e200, 1e188);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fewer_than_two_returns_have_no_deviation(int count)
    {
        var figures = Risk.Of([.. Enumerable.Repeat(-0.1, count)], RiskOptions.Daily);

        var none = Measure.None(ReasonCodes.TooFewReturns);
        new[] { figures.Volatility, figures.DownsideDeviation, figures.Sharpe, figures.Sortino }.Should().AllBeEquivalentTo(none);
        figures.Cumulative.Value.Should().Be(count == 0 ? null : 0.9 - 1);
        figures.MaxDrawdown.Depth.Value.Should().Be(count == 0 ? null : 0.9 - 1);
        figures.Named.Should().OnlyContain(named => named.Measure.Value != null || named.Measure.Reason != null);
    }

    // As prices that grow by the same part each day make them: equal, but for the last digit.
    [Fact]
    public void Returns_that_differ_by_rounding_only_have_zero_deviation() =>
        Gen.Select(Gen.Double[-0.5, 2], Gen.Double[0.01, 5_000], Gen.Int[2, 40])
            .Sample(
                (rate, price, count) =>
                {
                    double[] prices = [.. Enumerable.Range(0, count + 1).Select(i => price * Math.Pow(1 + rate, i))];
                    double[] returns = [.. prices.Skip(1).Zip(prices, (after, before) => (after / before) - 1)];

                    Risk.Sharpe(returns, RiskOptions.Daily).Should().Be(Measure.None(ReasonCodes.ZeroDeviation));
                    if (rate is > 0 and < 0.05)
                        Risk.Sortino(returns, new RiskOptions(252, 0, Math.Pow(1 + rate, 252) - 1))
                            .Should()
                            .Be(Measure.None(ReasonCodes.ZeroDeviation));
                },
                iter: 1_000
            );

    [Fact]
    public void Equal_returns_have_a_volatility_of_0_and_no_ratio()
    {
        var figures = Risk.Of([.. Enumerable.Repeat(0.01, 10)], RiskOptions.Daily);

        figures.Volatility.Should().Be(Measure.Of(0));
        figures.Sharpe.Should().Be(Measure.None(ReasonCodes.ZeroDeviation));
        figures.Sortino.Should().Be(Measure.None(ReasonCodes.ZeroDeviation));
    }

    [Fact]
    public void Scaling_returns_scales_deviations_and_leaves_ratios() =>
        Gen.Select(Series.Random, Gen.Double[0.001, 1000])
            .Sample(
                (returns, scale) =>
                {
                    double[] scaled = [.. returns.Select(r => r * scale)];
                    var (one, other) = (Risk.Of(returns, RiskOptions.Daily), Risk.Of(scaled, RiskOptions.Daily));

                    Near(other.Volatility, one.Volatility.Value * scale);
                    Near(other.DownsideDeviation, one.DownsideDeviation.Value * scale);
                    Near(other.Sharpe, one.Sharpe.Value);
                    Near(other.Sortino, one.Sortino.Value);
                },
                iter: 1_000
            );

    [Fact]
    public void Figures_equal_their_formulas_written_plainly() =>
        Gen.Select(Series.Random, Gen.Double[-0.5, 1], Gen.Double[-0.5, 1], Gen.Int[1, 365])
            .Sample(
                (r, rfYear, marYear, year) =>
                {
                    var figures = Risk.Of(r, new RiskOptions(year, rfYear, marYear));

                    var rf = Math.Pow(1 + rfYear, 1.0 / year) - 1;
                    var mar = Math.Pow(1 + marYear, 1.0 / year) - 1;
                    var mean = r.Average();
                    var sd = Math.Sqrt(r.Sum(x => (x - mean) * (x - mean)) / (r.Length - 1));
                    var down = Math.Sqrt(r.Sum(x => Math.Pow(Math.Min(x - mar, 0), 2)) / r.Length);
                    var growth = r.Aggregate(1.0, (product, x) => product * (1 + x));
                    Near(figures.Volatility, sd * Math.Sqrt(year));
                    Near(figures.DownsideDeviation, down * Math.Sqrt(year));
                    if (sd > 1e-9)
                        Near(figures.Sharpe, (mean - rf) / sd * Math.Sqrt(year));
                    if (down > 1e-9)
                        Near(figures.Sortino, (mean - mar) * year / (down * Math.Sqrt(year)));
                    Near(figures.Cumulative, growth - 1);
                    Near(figures.Annualised, Math.Pow(growth, (double)year / r.Length) - 1);
                },
                iter: 2_000
            );

    [Fact]
    public void The_order_of_returns_matters_to_the_drawdown_only() =>
        Gen.Select(Series.Random, Gen.Int[0, int.MaxValue])
            .Sample(
                (returns, seed) =>
                {
                    var shuffled = returns.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    var (one, other) = (Risk.Of(returns, RiskOptions.Daily), Risk.Of(shuffled, RiskOptions.Daily));

                    Near(other.Volatility, one.Volatility.Value);
                    Near(other.Sharpe, one.Sharpe.Value);
                    Near(other.Sortino, one.Sortino.Value);
                    Near(other.Cumulative, one.Cumulative.Value);
                },
                iter: 1_000
            );

    [Fact]
    public void No_figure_of_finite_returns_is_ever_NaN_or_infinite_and_none_is_missing_without_a_reason() =>
        Gen.Select(Series.Absurd, Gen.Double[-0.99, 1e6], Gen.Double[0.01, 1e6])
            .Sample(
                (returns, rate, year) =>
                {
                    foreach (var (name, measure) in Risk.Of(returns, new RiskOptions(year, rate, rate)).Named)
                        (measure.Value is { } value ? double.IsFinite(value) : measure.Reason is not null).Should().BeTrue(name);
                },
                iter: 10_000
            );

    private static void Near(Measure measure, double? expected)
    {
        if (expected is { } value && double.IsFinite(value))
            measure.Value.Should().BeApproximately(value, 1e-9 * (1 + Math.Abs(value)));
        else
            measure.Value.Should().BeNull();
    }
}
