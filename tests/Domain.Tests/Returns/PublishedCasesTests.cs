using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>Worked examples of others, each with its source.</summary>
public sealed class PublishedCasesTests
{
    private static readonly (string Date, double Amount)[] Excel =
    [
        ("2008-01-01", -10_000),
        ("2008-03-01", 2_750),
        ("2008-10-30", 4_250),
        ("2009-02-15", 3_250),
        ("2009-04-01", 2_750),
    ];

    private static readonly (string Date, double Amount)[] LibreOffice =
    [
        ("2001-01-01", -10_000),
        ("2001-02-01", 2_000),
        ("2001-03-15", 2_500),
        ("2001-05-12", 5_000),
        ("2001-08-10", 1_000),
    ];

    // support.microsoft.com, XNPV function
    [Fact]
    public void XNPV_of_Excels_documentation() => PresentValue(0.09, Excel).Should().BeApproximately(2_086.647602, 5e-7);

    // help.libreoffice.org, Financial Functions Part Three, XIRR and XNPV
    [Fact]
    public void XIRR_of_LibreOffices_help() => Rate(LibreOffice).Should().BeApproximately(0.1828, 5e-5);

    [Fact]
    public void XNPV_of_LibreOffices_help() => PresentValue(0.06, LibreOffice).Should().BeApproximately(323.02, 5e-3);

    // pyxirr, README.md, "Numpy and Pandas": -100 (-80) on 2021-01-01, then 20 (19) on the first of each month
    [Theory]
    [InlineData(-100, 20, 5.09623547168478)]
    [InlineData(-80, 19, 8.780801977141174)]
    public void Monthly_flows_of_pyxirrs_README(double first, double then, double rate) =>
        Rate([("2021-01-01", first), .. Enumerable.Range(2, 11).Select(month => ($"2021-{month:00}-01", then))])
            .Should()
            .BeApproximately(rate, 1e-11);

    // pyxirr, tests/samples/minus_0_993.csv: the file bears the first digits of the rate
    [Fact]
    public void A_nearly_total_loss_of_pyxirrs_samples() =>
        Rate([("2021-06-08", -1_000_000), ("2022-06-29", 5_000), ("2023-06-08", -3), ("2023-06-30", 0)]).Should().BeInRange(-0.994, -0.993);

    // CFA Institute, level I, Quantitative Methods: a share at 200, one more at 225 less a dividend of 5, then 470 and dividends of 10:
    // 9.39 % a year money-weighted; 15 % and 6.67 % in the two years, time-weighted
    [Fact]
    public void Returns_of_two_shares_bought_a_year_apart()
    {
        Xirr.Of([0, 365, 730], [-200, -220, 480]).Value.Should().BeApproximately(0.0939, 5e-5);
        var years = new double[2];
        TimeWeighted.Of([200, 225, 470], [0, 225], [5, 10], FlowTiming.InAtStartOutAtEnd, years);
        years[0].Should().BeApproximately(0.15, 1e-12);
        years[1].Should().BeApproximately(0.0667, 5e-5);
    }

    // Kaplan Schweser, level I: the same with 100, 120 and 130 a share and dividends of 2: 15.84 % a year time-weighted
    [Fact]
    public void Time_weighted_return_of_two_shares_bought_a_year_apart()
    {
        TimeWeighted.Of([100, 120, 260], [0, 120], [2, 4], FlowTiming.InAtStartOutAtEnd).Value.Should().BeApproximately(0.342, 1e-12);
        Risk.Annualised([0.22, 0.10], 1).Value.Should().BeApproximately(0.1584, 5e-5);
    }

    // theanalystspace.com, CFA level I: four shares at 50, two sold at 50, a dividend of 5 a share, two sold at 80
    [Fact]
    public void Money_weighted_return_of_four_shares_sold_in_two_parts()
    {
        Xirr.Of([0, 365, 730], [-200, 100, 170]).Value.Should().BeApproximately(0.2052, 5e-5);
        Risk.Annualised([0, 0.70], 1).Value.Should().BeApproximately(0.3038, 5e-5);
    }

    // theanalystspace.com, CFA level III on GIPS: 50 to 51.5 million in March, 0.5 million taken out on the 15th: 4.02 %
    [Fact]
    public void Modified_Dietz_return_of_a_month_with_a_redemption() =>
        ModifiedDietz.Of(50, 51.5, [15], [-0.5], 31).Value.Should().BeApproximately(0.0402, 5e-5);

    // The same source: 2.3 %, -1.0 % and 4.02 % linked: 5.35 % (the text prints the second without its sign)
    [Fact]
    public void Months_link_to_a_quarter() => Risk.Cumulative([0.023, -0.01, 0.0402]).Value.Should().BeApproximately(0.0535, 5e-5);

    // bloombergprep.com, CFA level III, GIPS: 585.60 to 602.34 in October with four flows: 2.45 %
    [Fact]
    public void Modified_Dietz_return_of_a_month_with_four_flows() =>
        ModifiedDietz.Of(585.60, 602.34, [5, 9, 15, 24], [-15.05, 19.82, 16.42, -18.96], 31).Value.Should().BeApproximately(0.0245, 5e-5);

    [Fact]
    public void A_range_that_lost_everything_has_a_rate_of_minus_1()
    {
        MoneyWeighted.Of(100, 0, [], [], 365).Should().Be(Measure.Of(-1));
        MoneyWeighted.Of(0, 0, [10], [50], 365).Should().Be(Measure.Of(-1));
        MoneyWeighted.Of(0, 0, [], [], 365).Should().Be(Measure.None(ReasonCodes.NoRoot));
        MoneyWeighted.Of(100, 0, [10], [-110], 365).Value.Should().BePositive();
        // From the close of the day before a year of 365 days: exactly one year.
        MoneyWeighted.Of(100, 110, [], [], 365).Value.Should().BeApproximately(0.1, 1e-15);
        MoneyWeighted.OverDays(Measure.Of(0.21), 730).Value.Should().BeApproximately((1.21 * 1.21) - 1, 1e-15);
    }

    private static double? Rate((string Date, double Amount)[] flows) => Xirr.Of(Days(flows), [.. flows.Select(flow => flow.Amount)]).Value;

    private static double PresentValue(double rate, (string Date, double Amount)[] flows) =>
        Xirr.NetPresentValue(Days(flows), [.. flows.Select(flow => flow.Amount)], rate);

    private static int[] Days((string Date, double Amount)[] flows) =>
        [.. flows.Select(flow => DateOnly.ParseExact(flow.Date, "yyyy-MM-dd", null).DayNumber)];
}
