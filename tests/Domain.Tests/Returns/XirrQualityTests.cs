using CleanPortfolio.Domain.Returns;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>The rate against the formula written plainly, and against a dense look for changes of sign.</summary>
public sealed class XirrQualityTests
{
    private const int Year = 365;

    [Fact]
    public void Present_value_at_the_rate_is_0_for_any_number_order_and_scale_of_flows() =>
        Gen.Select(Gen.Int[1, 200], Gen.Double[-0.95, 5], Gen.Double[-6, 15], Gen.Int[0, int.MaxValue])
            .Sample(
                (count, rate, scale, seed) =>
                {
                    var (days, flows) = Solved(count, rate, Math.Pow(10, scale), seed, 20 * Year);

                    var measure = Xirr.Of(days, flows);

                    measure.Value.Should().NotBeNull();
                    AssertSolves(days, flows, measure.Value!.Value);
                },
                iter: 2_000
            );

    [Fact]
    public void Rates_near_minus_1_are_found() =>
        Gen.Select(Gen.Double[-8, -1], Gen.Int[1, 5 * Year], Gen.Double[-6, 15])
            .Sample(
                (exponent, days, scale) =>
                {
                    var left = Math.Pow(10, exponent);
                    var amount = Math.Pow(10, scale);
                    var measure = Xirr.Of([0, days], [-amount, amount * Math.Pow(left, days / 365.0)]);

                    measure.Reason.Should().BeNull();
                    (1 + measure.Value!.Value).Should().BeApproximately(left, (1e-12 * left) + 1e-16);
                },
                iter: 1_000
            );

    [Fact]
    public void Rates_in_the_thousands_and_far_beyond_are_found() =>
        Gen.Select(Gen.Double[1, 300], Gen.Int[1, 3 * Year])
            .Sample(
                (exponent, days) =>
                {
                    var rate = Math.Pow(10, exponent * Math.Min(1, Year / (double)days));
                    var measure = Xirr.Of([0, days], [-100, 100 * Math.Pow(1 + rate, days / 365.0)]);

                    measure.Reason.Should().BeNull();
                    measure.Value.Should().BeApproximately(rate, 1e-11 * rate);
                },
                iter: 1_000
            );

    [Fact]
    public void The_rate_is_the_one_nearest_to_0_and_others_are_told() =>
        Gen.Select(Gen.Int[3, 8], Gen.Int[0, int.MaxValue])
            .Sample(
                (count, seed) =>
                {
                    var random = new Random(seed);
                    int[] days = [.. Enumerable.Range(0, count).Select(i => i * Year)];
                    double[] flows = [.. days.Select(_ => Math.Round(200 * (random.NextDouble() - 0.5)))];

                    var measure = Xirr.Of(days, flows);

                    var scanned = Scan(days, flows);
                    // A rate that solves the flows and is no farther from 0 than any that was seen is the nearest.
                    if (scanned.Count > 0)
                        Math.Abs(measure.Value!.Value).Should().BeLessThan(scanned.Min(Math.Abs) + 2e-3 * (1 + scanned.Min(Math.Abs)));
                    if (scanned.Count > 1)
                        measure.Reason.Should().Be(ReasonCodes.MultipleRoots);
                    if (measure.Value is { } rate)
                        AssertSolves(days, flows, rate);
                    else
                        scanned.Should().BeEmpty();
                },
                iter: 1_000
            );

    [Fact]
    public void As_many_rates_as_a_product_of_factors_was_made_of_are_seen() =>
        Gen.Select(Gen.Double[0.3, 2.5].Array[1, 4], Gen.Int[1, 3])
            .Where((growths, _) => Distinct(growths))
            .Sample(
                (growths, years) =>
                {
                    // Product of (1 - g q) with q = 1 / (1 + rate): a root at each rate g - 1, whatever else happens.
                    double[] flows = [1];
                    foreach (var growth in growths)
                        flows = [.. Enumerable.Range(0, flows.Length + 1).Select(i => At(flows, i) - (growth * At(flows, i - 1)))];
                    int[] days = [.. flows.Select((_, i) => i * years * Year)];

                    var measure = Xirr.Of(days, flows);

                    var nearest = growths.Select(growth => Math.Pow(growth, 1.0 / years) - 1).MinBy(Math.Abs);
                    measure.Value.Should().BeApproximately(nearest, 1e-6);
                    measure.Reason.Should().Be(growths.Length > 1 ? ReasonCodes.MultipleRoots : null);
                },
                iter: 2_000
            );

    [Theory]
    [InlineData(new double[] { -100, 220, -121 }, 0.1)] // -(10 - 11 q)^2
    [InlineData(new double[] { 1000, -3300, 3630, -1331 }, 0.1)] // (10 - 11 q)^3
    [InlineData(new double[] { -100, 200, -100 }, 0)] // -(10 - 10 q)^2
    [InlineData(new double[] { -1, 1, -1, 1 }, 0)] // (q - 1)(q^2 + 1)
    public void A_rate_that_is_several_roots_in_one_is_one_rate(double[] flows, double rate)
    {
        var measure = Xirr.Of([.. flows.Select((_, i) => i * Year)], flows);

        measure.Reason.Should().BeNull();
        measure.Value.Should().BeApproximately(rate, 1e-5);
        AssertSolves([.. flows.Select((_, i) => i * Year)], flows, measure.Value!.Value);
    }

    [Fact]
    public void Two_rates_as_far_from_0_on_either_side_are_both_seen()
    {
        // (1 - 1.5 q)(1 - 0.5 q) = 1 - 2 q + 0.75 q^2
        var measure = Xirr.Of([0, Year, 2 * Year], [1, -2, 0.75]);

        Math.Abs(measure.Value!.Value).Should().BeApproximately(0.5, 1e-12);
        measure.Reason.Should().Be(ReasonCodes.MultipleRoots);
    }

    [Fact]
    public void Flows_hundreds_of_years_apart_are_solved() =>
        Gen.Select(Gen.Int[100, 9_000], Gen.Double[-0.02, 0.05])
            .Sample(
                (years, rate) =>
                {
                    var back = Math.Pow(1 + rate, years);
                    Xirr.Of([0, years * Year], [-1, back]).Value.Should().BeApproximately(rate, 1e-12);
                },
                iter: 1_000
            );

    [Fact]
    public void Flows_of_one_day_count_as_their_sum() =>
        Gen.Select(Gen.Double[1, 1e6].Array[1, 20], Gen.Double[0.5, 3])
            .Sample(
                (parts, growth) =>
                {
                    double[] flows = [.. parts.Select(part => -part), parts.Sum() * growth];
                    int[] days = [.. parts.Select(_ => 7), 7 + Year];

                    Xirr.Of(days, flows).Value.Should().BeApproximately(growth - 1, 1e-12 * growth);
                },
                iter: 1_000
            );

    [Fact]
    public void Order_does_not_matter() =>
        Gen.Select(Gen.Int[2, 60], Gen.Double[-0.9, 3], Gen.Int[0, int.MaxValue])
            .Sample(
                (count, rate, seed) =>
                {
                    var (days, flows) = Solved(count, rate, 100, seed, 10 * Year);
                    var order = Enumerable.Range(0, flows.Length).ToArray();
                    new Random(seed).Shuffle(order);

                    var one = Xirr.Of(days, flows);
                    var other = Xirr.Of([.. order.Select(i => days[i])], [.. order.Select(i => flows[i])]);

                    other.Reason.Should().Be(one.Reason);
                    other.Value.Should().BeApproximately(one.Value!.Value, 1e-9 * (1 + Math.Abs(one.Value.Value)));
                },
                iter: 1_000
            );

    [Fact]
    public void Scaling_all_flows_or_moving_all_days_leaves_the_rate() =>
        Gen.Select(Gen.Int[2, 60], Gen.Double[-0.9, 3], Gen.Int[-20, 50], Gen.Int[-700_000, 700_000], Gen.Int[0, int.MaxValue])
            .Sample(
                (count, rate, power, shift, seed) =>
                {
                    var (days, flows) = Solved(count, rate, 100, seed, 10 * Year);

                    var moved = Xirr.Of([.. days.Select(day => day + shift)], [.. flows.Select(flow => flow * Math.Pow(2, power))]);

                    moved.Should().Be(Xirr.Of(days, flows));
                },
                iter: 1_000
            );

    [Fact]
    public void Whatever_the_flows_there_is_a_rate_or_a_reason() =>
        Gen.Select(Gen.Int[-3_652_058, 3_652_058], Gen.Double)
            .Array[0, 12]
            .Sample(
                pairs =>
                {
                    (int Day, double Amount)[] finite = [.. pairs.Where(pair => double.IsFinite(pair.Item2))];

                    var measure = Xirr.Of([.. finite.Select(pair => pair.Day)], [.. finite.Select(pair => pair.Amount)]);

                    (measure.Value is null ? measure.Reason is not null : double.IsFinite(measure.Value.Value)).Should().BeTrue();
                    measure.Reason.Should().NotBe(ReasonCodes.NotConverged);
                },
                iter: 5_000
            );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ten_thousand_flows_of_any_sign_are_solved_or_have_a_reason(int seed)
    {
        var random = new Random(seed);
        int[] days = [.. Enumerable.Range(0, 10_000).Select(_ => random.Next(0, 30 * Year))];
        double[] flows = [.. days.Select(_ => random.NextDouble() - 0.5)];

        var measure = Xirr.Of(days, flows);

        measure.Reason.Should().NotBe(ReasonCodes.NotConverged);
        if (measure.Value is { } rate)
            AssertSolves(days, flows, rate);
    }

    private static (int[] Days, double[] Flows) Solved(int count, double rate, double scale, int seed, int length)
    {
        var random = new Random(seed);
        int[] days = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, length)), length];
        double[] flows = [.. Enumerable.Range(0, count).Select(_ => scale * (random.NextDouble() - 0.7)), 0];
        flows[^1] = -Enumerable.Range(0, count).Sum(i => flows[i] * Math.Pow(1 + rate, (days[^1] - days[i]) / 365.0));
        return (days, flows);
    }

    /// <summary>|NPV| is at most 1e-9 of the flows, discounted or not, plus what half the distance to the next double is worth.</summary>
    private static void AssertSolves(int[] days, double[] flows, double rate)
    {
        var first = days.Min();
        double npv = 0,
            magnitude = 0,
            slope = 0;
        for (var i = 0; i < flows.Length; i++)
        {
            var years = (days[i] - first) / 365.0;
            var term = flows[i] * Math.Pow(1 + rate, -years);
            npv += term;
            magnitude += Math.Abs(term);
            slope += Math.Abs(term) * years / (1 + rate);
        }
        var reachable = slope * (Math.BitIncrement(1 + rate) - (1 + rate));
        Math.Abs(npv).Should().BeLessThanOrEqualTo((1e-9 * Math.Max(flows.Sum(Math.Abs), magnitude)) + reachable);
    }

    // Changes of sign of the present value from rate -0.999 to 50,000, in steps of 1/500 of ln(1 + rate).
    private static List<double> Scan(int[] days, double[] flows)
    {
        double At(double x) => Enumerable.Range(0, flows.Length).Sum(i => flows[i] * Math.Exp(-x * days[i] / 365));
        var found = new List<double>();
        var before = At(-6.9);
        for (var step = -3_450; step < 5_400; step++)
        {
            var after = At((step + 1) / 500.0);
            if (Math.Abs(before) < 1e-12 || Math.Sign(before) * Math.Sign(after) < 0)
                found.Add(Math.Exp((step + 0.5) / 500) - 1);
            before = after;
        }
        return found;
    }

    private static double At(double[] flows, int i) => i < 0 || i >= flows.Length ? 0 : flows[i];

    private static bool Distinct(double[] growths)
    {
        double[] sorted = [.. growths.Order()];
        return sorted.Zip(sorted.Skip(1)).All(pair => pair.Second - pair.First > 0.02)
            && growths.All(one => growths.All(other => one == other || Math.Abs(Math.Abs(one - 1) - Math.Abs(other - 1)) > 0.001));
    }
}
