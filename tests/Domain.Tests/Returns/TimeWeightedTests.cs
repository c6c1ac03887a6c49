using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Domain.Tests.Returns;

public class TimeWeightedTests
{
    [Fact]
    public void An_inflow_counts_from_the_start_of_its_day_and_an_outflow_until_its_end()
    {
        // 100 -> (day 1, +50 in) 165: 165 / 150; (day 2, 33 out) 132: (132 + 33) / 165; 1.1 x 1.0
        var measure = TimeWeighted.Of([100, 165, 132], [50, 0], [0, 33], FlowTiming.InAtStartOutAtEnd);

        measure.Value.Should().BeApproximately(0.1, 1e-15);
    }

    [Fact]
    public void With_all_flows_at_the_start_an_outflow_lowers_the_capital_of_its_day()
    {
        // 165 / 150, then 132 / (165 - 33)
        var measure = TimeWeighted.Of([100, 165, 132], [50, 0], [0, 33], FlowTiming.StartOfDay);

        measure.Value.Should().BeApproximately(0.1, 1e-15);
    }

    [Fact]
    public void Days_without_any_capital_do_not_count()
    {
        var daily = new double[4];
        // nothing; bought 100 -> 110; sold all at 121; nothing
        var measure = TimeWeighted.Of([0, 0, 110, 0, 0], [0, 100, 0, 0], [0, 0, 121, 0], FlowTiming.InAtStartOutAtEnd, daily);

        measure.Value.Should().BeApproximately(0.21, 1e-15);
        daily
            .Should()
            .BeEquivalentTo(
                [0, 0.1, 0.1, 0],
                options =>
                    options
                        .WithStrictOrdering()
                        .Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 1e-15))
                        .WhenTypeIs<double>()
            );
    }

    [Fact]
    public void Income_after_everything_is_sold_is_no_return_on_anything() =>
        TimeWeighted.Of([100, 110, 0, 0], [0, 0, 0], [0, 110, 3], FlowTiming.InAtStartOutAtEnd).Value.Should().BeApproximately(0.1, 1e-15);

    [Theory]
    [InlineData(-10, 0)]
    [InlineData(-10, 10)]
    [InlineData(-10, 4)]
    public void Capital_that_is_not_positive_has_no_return(double before, double inflow) =>
        TimeWeighted.Of([before, 5], [inflow], [0], FlowTiming.InAtStartOutAtEnd).Should().Be(Measure.None(ReasonCodes.CapitalNotPositive));

    [Fact]
    public void The_fold_allocates_nothing()
    {
        double[] values = [.. Enumerable.Range(0, 7_301).Select(i => 100.0 + i)];
        var flows = new double[7_300];
        var daily = new double[7_300];
        TimeWeighted.Of(values, flows, flows, FlowTiming.InAtStartOutAtEnd, daily);

        var before = GC.GetAllocatedBytesForCurrentThread();
        TimeWeighted.Of(values, flows, flows, FlowTiming.InAtStartOutAtEnd, daily);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Theory]
    [InlineData(0.21, 730, 0.1)]
    [InlineData(-0.19, 730, -0.1)]
    public void A_return_of_two_years_is_its_root_a_year(double total, int days, double yearly) =>
        Measure.Annualised(Measure.Of(total), days).Value.Should().BeApproximately(yearly, 1e-15);

    [Fact]
    public void A_return_of_less_than_a_year_has_no_yearly_rate() =>
        Measure.Annualised(Measure.Of(0.05), 364).Should().Be(Measure.None(ReasonCodes.ShorterThanYear));
}

public class ModifiedDietzTests
{
    [Fact]
    public void A_flow_in_the_middle_counts_half()
    {
        // 100 at the start, 50 paid in at the end of the first of two years, 300 at the end: 150 / (100 + 50 / 2)
        ModifiedDietz.Of(100, 300, [365], [50], 730).Value.Should().BeApproximately(1.2, 1e-15);
    }

    [Fact]
    public void A_flow_on_the_last_day_does_not_count_as_capital()
    {
        // 110 - 100 - 5, over 100
        ModifiedDietz.Of(100, 110, [30], [5], 30).Value.Should().BeApproximately(0.05, 1e-15);
    }

    [Fact]
    public void Without_positive_average_capital_there_is_no_return() =>
        ModifiedDietz.Of(0, 10, [30], [10], 30).Should().Be(Measure.None(ReasonCodes.CapitalNotPositive));
}
