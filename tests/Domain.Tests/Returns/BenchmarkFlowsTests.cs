using CleanPortfolio.Domain.Returns;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public sealed class BenchmarkFlowsTests
{
    private const int Year = 365;

    [Fact]
    public void The_same_cash_flows_buy_units_at_the_level_of_their_day()
    {
        // 1000 at 100 are 10 units, 600 at 120 are 5, 275 taken out at 110 are 2.5: 12.5 units at 130
        var same = BenchmarkFlows.Of(new(0, 1_000, 100), [new(100, 600, 120), new(200, -275, 110)], Year, 130);

        same.ClosingValue.Should().Be(1_625);
        same.Gain.Should().Be(1_625 - 1_000 - 600 + 275);
        same.Reason.Should().BeNull();
        same.MoneyWeighted.Should().Be(Xirr.Of([0, 100, 200, Year], [-1_000, -600, 275, 1_625]));
    }

    [Fact]
    public void Without_flows_it_returned_what_the_benchmark_returned() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 1_000_000], Gen.Int[1, 3_650])
            .Sample(
                (first, last, days) =>
                {
                    var same = BenchmarkFlows.Of(new(0, 1_000, first / 100m), [], days, last / 100m);

                    var growth = last / (double)first;
                    ((double)same.ClosingValue!.Value).Should().BeApproximately(1_000 * growth, 1e-6);
                    if (Math.Pow(growth, Year / (double)days) is var rate && rate is > 1e-12 and < 1e300)
                        same.MoneyWeighted.Value.Should().BeApproximately(rate - 1, 1e-6 * rate);
                },
                iter: 1_000
            );

    [Fact]
    public void Taking_out_more_than_the_units_were_worth_leaves_a_debt() =>
        BenchmarkFlows.Of(new(0, 100, 100), [new(10, -150, 100)], Year, 200).ClosingValue.Should().Be(-100);

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(100, 0, 100)]
    [InlineData(100, 100, 0)]
    public void A_level_that_is_missing_leaves_no_figure(int opening, int flow, int closing)
    {
        var same = BenchmarkFlows.Of(new(0, 100, opening), [new(10, 50, flow)], Year, closing);

        same.Should().Be(new BenchmarkFlows(null, null, Measure.None(ReasonCodes.PriceMissing), ReasonCodes.PriceMissing));
    }

    [Fact]
    public void A_level_that_is_not_needed_may_be_missing() =>
        BenchmarkFlows.Of(new(0, 0, 0), [new(10, 50, 100)], Year, 110).ClosingValue.Should().Be(55);

    [Fact]
    public void What_a_decimal_does_not_hold_is_out_of_range() =>
        BenchmarkFlows.Of(new(0, 1e18m, 1e-10m), [], Year, 1e10m).Reason.Should().Be(ReasonCodes.OutOfRange);
}
