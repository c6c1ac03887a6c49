using CleanPortfolio.Domain.Returns;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public class XirrTests
{
    private const int Year = 365;

    [Fact]
    public void Equals_the_example_of_Excels_documentation()
    {
        // support.microsoft.com, XIRR function: 0.373362535
        int[] days = [Day(2008, 1, 1), Day(2008, 3, 1), Day(2008, 10, 30), Day(2009, 2, 15), Day(2009, 4, 1)];
        double[] flows = [-10_000, 2_750, 4_250, 3_250, 2_750];

        Xirr.Of(days, flows).Value.Should().BeApproximately(0.373362535, 5e-9);
    }

    [Fact]
    public void The_order_of_the_flows_does_not_matter()
    {
        int[] days = [Day(2009, 4, 1), Day(2008, 3, 1), Day(2009, 2, 15), Day(2008, 1, 1), Day(2008, 10, 30)];
        double[] flows = [2_750, 2_750, 3_250, -10_000, 4_250];

        Xirr.Of(days, flows).Value.Should().BeApproximately(0.373362535, 5e-9);
    }

    [Theory]
    [InlineData(110, 0.1)]
    [InlineData(100, 0)]
    [InlineData(1, -0.99)]
    [InlineData(0.0001, -0.999999)]
    [InlineData(500_000, 4_999)]
    public void One_payment_back_after_a_year_is_its_own_rate(double back, double rate)
    {
        var measure = Xirr.Of([0, Year], [-100, back]);

        measure.Reason.Should().BeNull();
        measure.Value.Should().BeApproximately(rate, 1e-12 * Math.Max(1, Math.Abs(rate)));
    }

    [Fact]
    public void Of_two_rates_the_one_nearest_to_zero_is_given_and_said_to_be_one_of_several()
    {
        // -100 + 230 / 1.1 - 132 / 1.21 = 0, and -100 + 230 / 1.2 - 132 / 1.44 = 0
        var measure = Xirr.Of([0, Year, 2 * Year], [-100, 230, -132]);

        measure.Value.Should().BeApproximately(0.1, 1e-12);
        measure.Reason.Should().Be(ReasonCodes.MultipleRoots);
    }

    [Fact]
    public void Flows_that_change_sign_twice_may_have_no_rate()
    {
        // 100 - 100 q + 100 q^2 has no real root
        Xirr.Of([0, Year, 2 * Year], [100, -100, 100]).Should().Be(Measure.None(ReasonCodes.NoRoot));
    }

    [Theory]
    [InlineData(new double[] { })]
    [InlineData(new double[] { -100 })]
    [InlineData(new double[] { -100, -5, -1 })]
    [InlineData(new double[] { 100, 0, 0 })]
    public void Flows_in_one_direction_have_no_rate(double[] flows) =>
        Xirr.Of([.. Enumerable.Range(0, flows.Length)], flows).Should().Be(Measure.None(ReasonCodes.NoRoot));

    [Fact]
    public void A_rate_beyond_what_a_double_holds_is_no_rate() =>
        Xirr.Of([0, 1], [-1, 10]).Should().Be(Measure.None(ReasonCodes.OutOfRange)); // 10^365 - 1

    [Fact]
    public void Present_value_at_the_rate_is_nothing_whatever_the_scale_and_the_number_of_flows() =>
        Gen.Select(Gen.Int[1, 200], Gen.Double[-0.9, 3], Gen.Double[-6, 15], Gen.Int[0, int.MaxValue])
            .Sample(
                (count, rate, scale, seed) =>
                {
                    var (days, flows) = Ledger(count, rate, Math.Pow(10, scale), seed);
                    var measure = Xirr.Of(days, flows);

                    measure.Value.Should().NotBeNull();
                    var residual = Xirr.NetPresentValue(days, flows, measure.Value!.Value);
                    Math.Abs(residual).Should().BeLessThanOrEqualTo(1e-9 * Magnitude(days, flows, measure.Value.Value));
                },
                iter: 2_000
            );

    [Fact]
    public void Purchases_before_one_sale_have_exactly_the_rate_they_were_made_from() =>
        Gen.Select(Gen.Int[1, 100], Gen.Double[-0.9, 3], Gen.Int[0, int.MaxValue])
            .Sample(
                (count, rate, seed) =>
                {
                    var random = new Random(seed);
                    int[] days = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 10 * Year)), 11 * Year];
                    double[] flows = [.. Enumerable.Range(0, count).Select(_ => -1 - (1_000 * random.NextDouble())), 0];
                    var start = days.Min();
                    flows[^1] = -Enumerable.Range(0, count).Sum(i => flows[i] * Math.Pow(1 + rate, (days[^1] - days[i]) / 365.0));

                    Xirr.Of(days, flows).Value.Should().BeApproximately(rate, 1e-9 * (1 + Math.Abs(rate)), $"the first day is {start}");
                },
                iter: 1_000
            );

    [Fact]
    public void Ten_thousand_flows_of_changing_sign_are_solved()
    {
        var random = new Random(7);
        int[] days = [.. Enumerable.Range(0, 10_000)];
        double[] flows = [.. days.Select(_ => random.NextDouble() - 0.6)];
        flows[^1] = 2_000;

        var measure = Xirr.Of(days, flows);

        measure.Value.Should().NotBeNull();
        Math.Abs(Xirr.NetPresentValue(days, flows, measure.Value!.Value)).Should().BeLessThan(1e-9 * flows.Sum(Math.Abs));
    }

    private static (int[] Days, double[] Flows) Ledger(int count, double rate, double scale, int seed)
    {
        var random = new Random(seed);
        int[] days = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 20 * Year)), 20 * Year];
        double[] flows = [.. Enumerable.Range(0, count).Select(_ => scale * (random.NextDouble() - 0.7)), 0];
        flows[^1] = -Enumerable.Range(0, count).Sum(i => flows[i] * Math.Pow(1 + rate, (days[^1] - days[i]) / 365.0));
        return (days, flows);
    }

    // Near rate -1 the present value of late flows dwarfs the flows themselves: what a double can reach is relative to that.
    private static double Magnitude(int[] days, double[] flows, double rate) =>
        Math.Max(flows.Sum(Math.Abs), Xirr.NetPresentValue(days, [.. flows.Select(Math.Abs)], rate));

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber;
}
