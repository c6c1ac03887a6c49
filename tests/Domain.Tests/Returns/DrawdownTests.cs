using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public sealed class DrawdownTests
{
    [Fact]
    public void MaxDrawdown_is_the_most_negative_value_over_the_running_peak()
    {
        // empyrical: max_drawdown
        Depth(Series.Mixed).Should().BeApproximately(-0.1, 1e-12);
        Depth(Series.Negative).Should().BeApproximately(-0.36590730349873601, 1e-12);
        Depth([0.1, -0.1, 0.1]).Should().BeApproximately(-0.1, 1e-12);
        Depth(Series.Positive).Should().Be(0);
        Depth(Series.Step).Should().Be(0);
        Depth([0.01]).Should().Be(0);
        Drawdown.Of([]).Depth.Should().Be(Measure.None(ReasonCodes.TooFewReturns));
    }

    [Fact]
    public void The_starting_value_is_a_peak() =>
        Drawdown.Of([-0.2, 0.1, -0.5]).Should().Be(new Drawdown(Measure.Of(0.8 * 1.1 * 0.5 - 1), 0, 3, null));

    [Fact]
    public void Peak_trough_and_recovery_are_places_of_values()
    {
        // 1, 1.1, 1.1, 0.88, 0.99, 1.1, 1.65: the last value at the peak, the first that reaches it again
        double[] values = [1, 1.1, 1.1, 0.88, 0.99, 1.1, 1.65];

        var drawdown = Drawdown.Of(ReturnsOf(values));

        drawdown.Depth.Value.Should().BeApproximately(-0.2, 1e-12);
        (drawdown.Peak, drawdown.Trough, drawdown.Recovery).Should().Be((2, 3, 5));
    }

    [Fact]
    public void A_deeper_fall_later_forgets_the_recovery_of_the_first()
    {
        var drawdown = Drawdown.Of(ReturnsOf([100, 90, 100, 105, 80, 104]));

        drawdown.Depth.Value.Should().BeApproximately((80 / 105.0) - 1, 1e-12);
        (drawdown.Peak, drawdown.Trough, drawdown.Recovery).Should().Be((3, 4, null));
    }

    [Fact]
    public void A_shallower_fall_later_changes_nothing() =>
        Drawdown.Of(ReturnsOf([100, 80, 100, 90, 70 / 0.8])).Should().Match<Drawdown>(d => d.Peak == 0 && d.Trough == 1 && d.Recovery == 2);

    [Fact]
    public void Of_two_equally_deep_falls_the_first_is_told() =>
        Drawdown.Of([-0.5, 1, -0.5, 1]).Should().Match<Drawdown>(d => d.Peak == 0 && d.Trough == 1 && d.Recovery == 2);

    [Fact]
    public void A_total_loss_never_recovers() => Drawdown.Of([0.5, -1, 3]).Should().Be(new Drawdown(Measure.Of(-1), 1, 2, null));

    [Fact]
    public void Depth_and_places_equal_a_naive_look_at_every_pair_of_values() =>
        Gen.Int[1, 20]
            .Array[2, 30]
            .Sample(
                steps =>
                {
                    double[] values = [.. steps.Select(step => (double)step)];
                    var drawdown = Drawdown.Of(ReturnsOf(values));

                    var (depth, peak, trough) = (0.0, (int?)null, (int?)null);
                    for (var low = 0; low < values.Length; low++)
                    {
                        var top = Enumerable.Range(0, low + 1).MaxBy(i => (values[i], i));
                        if ((values[low] / values[top]) - 1 < depth - 1e-9)
                            (depth, peak, trough) = ((values[low] / values[top]) - 1, top, low);
                    }
                    var recovery = Enumerable
                        .Range(0, values.Length)
                        .Cast<int?>()
                        .FirstOrDefault(i => i > trough && values[i!.Value] >= values[peak!.Value]);
                    drawdown.Depth.Value.Should().BeApproximately(depth, 1e-9);
                    // Equal depths that differ in the last digit may be told in either order.
                    if (Falls(values).Count(fall => Math.Abs(fall - depth) < 1e-9) == 1)
                        (drawdown.Peak, drawdown.Trough, drawdown.Recovery).Should().Be((peak, trough, recovery));
                },
                iter: 3_000
            );

    [Fact]
    public void Scaling_the_value_leaves_the_drawdown_and_raising_every_return_never_deepens_it() =>
        Gen.Select(Series.Random, Gen.Double[0, 0.5])
            .Sample(
                (returns, more) => Depth([.. returns.Select(r => r + more)]).Should().BeGreaterThanOrEqualTo(Depth(returns)!.Value - 1e-12),
                iter: 1_000
            );

    [Fact]
    public void Rounding_of_prices_is_no_drawdown() =>
        Gen.Select(Gen.Double[0.01, 1e6], Gen.Int[2, 300])
            .Sample((price, count) => Depth(ReturnsOf([.. Enumerable.Repeat(price, count)])).Should().Be(0), iter: 1_000);

    private static double? Depth(double[] returns) => Drawdown.Of(returns).Depth.Value;

    private static IEnumerable<double> Falls(double[] values) => values.Select((value, i) => (value / values[..(i + 1)].Max()) - 1);

    private static double[] ReturnsOf(double[] values) => [.. values.Skip(1).Zip(values, (after, before) => (after / before) - 1)];
}
