using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.MarketData;

public sealed class SplitJudgementTests
{
    private static readonly Id<Stock> Stock = new(Guid.Parse("01a2056a-1b12-7c92-867d-0d513e1ab1df"));
    private static readonly DateTimeOffset Noon = new(2026, 6, 30, 16, 0, 0, TimeSpan.Zero);

    // NFLX as traded, from us_selected_2015_2017.csv: it split 1:7 on the 15th.
    private static readonly Bar[] Netflix =
    [
        Bar(new(2015, 7, 13), 686.69m, 707.61m),
        Bar(new(2015, 7, 14), 708.9m, 702.6m),
        Bar(new(2015, 7, 15), 99.97m, 98.13m),
        Bar(new(2015, 7, 16), 111.02m, 115.81m),
    ];

    [Fact]
    public void Of_a_split_told_for_two_days_the_one_that_prices_show_is_applied()
    {
        var (early, real) = (Told(new(2015, 7, 14), 1, 7), Told(new(2015, 7, 15), 1, 7));
        var found = Judge(Netflix, early, real);
        found[real.Id].Should().Be(new SplitFinding(SplitVerdict.Applied, null));
        found[early.Id].Should().Be(new SplitFinding(SplitVerdict.Conflict, SplitReasons.Twice));
    }

    [Fact]
    public void A_lone_split_that_prices_plainly_contradict_is_a_conflict()
    {
        var early = Told(new(2015, 7, 14), 1, 7);
        Judge(Netflix, early)[early.Id].Should().Be(new SplitFinding(SplitVerdict.Conflict, SplitReasons.NotInPrices));
    }

    // With a ratio of 8 the borders of the opening against the close before are 8^(1/3) = 2, 8^(1/2) = 2.83 and 8^(3/2) = 22.6.
    [Theory]
    [InlineData(8, 1, 1.99, SplitVerdict.Conflict, SplitReasons.NotInPrices)]
    [InlineData(8, 1, 0.125, SplitVerdict.Conflict, SplitReasons.NotInPrices)]
    [InlineData(8, 1, 2, SplitVerdict.Pending, SplitReasons.OtherMove)]
    [InlineData(8, 1, 2.82, SplitVerdict.Pending, SplitReasons.OtherMove)]
    [InlineData(8, 1, 2.83, SplitVerdict.Applied, null)]
    [InlineData(8, 1, 22.6, SplitVerdict.Applied, null)]
    [InlineData(8, 1, 22.7, SplitVerdict.Pending, SplitReasons.OtherMove)]
    [InlineData(1, 8, 0.51, SplitVerdict.Conflict, SplitReasons.NotInPrices)]
    [InlineData(1, 8, 0.13, SplitVerdict.Applied, null)]
    [InlineData(20, 21, 1.05, SplitVerdict.Applied, null)] // a stock dividend of 5 % is too small to be seen
    public void The_opening_against_the_close_before_decides(double from, double to, double open, SplitVerdict verdict, string? reason)
    {
        var told = Told(new(2025, 3, 4), (decimal)from, (decimal)to);
        Bar[] bars = [Bar(new(2025, 3, 3), 1, 1), Bar(new(2025, 3, 4), (decimal)open, 1)];
        Judge(bars, told)[told.Id].Should().Be(new SplitFinding(verdict, reason));
    }

    [Fact]
    public void Without_prices_near_it_a_split_is_applied_and_waits_for_them()
    {
        var told = Told(new(2025, 3, 4), 1, 2);
        var waiting = new SplitFinding(SplitVerdict.Pending, SplitReasons.NoPrices);
        Judge([], told)[told.Id].Should().Be(waiting);
        Judge([Bar(new(2025, 3, 3), 1, 1)], told)[told.Id].Should().Be(waiting);
        Judge([Bar(new(2025, 3, 3), 1, 1), Bar(new(2025, 6, 3), 1, 1)], told)[told.Id].Should().Be(waiting);
    }

    [Fact]
    public void The_next_opening_counts_when_there_was_no_trading_on_the_day()
    {
        var told = Told(new(2025, 3, 8), 1, 4);
        Judge([Bar(new(2025, 3, 7), 40, 40), Bar(new(2025, 3, 10), 10, 10)], told)[told.Id].Verdict.Should().Be(SplitVerdict.Applied);
    }

    [Fact]
    public void Of_one_day_the_ratio_nearest_to_the_move_is_applied_and_the_same_one_once()
    {
        var (half, third, again) = (Told(new(2025, 3, 4), 1, 2), Told(new(2025, 3, 4), 1, 3, "A"), Told(new(2025, 3, 4), 2, 6, "B"));
        var found = Judge([Bar(new(2025, 3, 3), 90, 90), Bar(new(2025, 3, 4), 31, 31)], half, third, again);
        found[half.Id].Should().Be(new SplitFinding(SplitVerdict.Conflict, SplitReasons.OtherRatio));
        found[third.Id].Verdict.Should().Be(SplitVerdict.Applied);
        found[again.Id].Should().Be(new SplitFinding(SplitVerdict.Duplicate, SplitReasons.Same));
    }

    [Fact]
    public void Two_splits_that_prices_both_show_are_both_applied()
    {
        var (first, second) = (Told(new(2025, 3, 4), 1, 2), Told(new(2025, 3, 6), 1, 2));
        Bar[] bars =
        [
            Bar(new(2025, 3, 3), 40, 40),
            Bar(new(2025, 3, 4), 20, 20),
            Bar(new(2025, 3, 5), 20, 20),
            Bar(new(2025, 3, 6), 10, 10),
        ];
        Judge(bars, first, second).Values.Should().AllBeEquivalentTo(new SplitFinding(SplitVerdict.Applied, null));
    }

    [Fact]
    public void Two_like_ones_without_prices_are_never_both_applied_unless_they_are_far_apart()
    {
        var told = new[] { Told(new(2025, 3, 4), 1, 2), Told(new(2025, 3, 11), 2, 4), Told(new(2025, 3, 12), 1, 2) };
        // 4 to 11 March: five sessions on. 12 March is six from the 4th, but one from the 11th, which does not count.
        Judge([], told).Values.Select(finding => finding.Verdict).Count(verdict => verdict is SplitVerdict.Pending).Should().Be(2);
    }

    [Fact]
    public void An_operator_wins_over_prices_and_other_reports()
    {
        var (early, real) = (Told(new(2015, 7, 14), 1, 7), Told(new(2015, 7, 15), 1, 7));
        early.Decide(SplitDecision.Accepted, "Ada", "filing", Noon);
        var found = Judge(Netflix, early, real);
        found[early.Id].Should().Be(new SplitFinding(SplitVerdict.Applied, SplitReasons.Decided));
        found[real.Id].Should().Be(new SplitFinding(SplitVerdict.Conflict, SplitReasons.Twice));

        real.Decide(SplitDecision.Rejected, "Ada", "none", Noon);
        Judge(Netflix, real, Told(new(2015, 7, 15), 2, 14, "other id"))
            .Values.Should()
            .AllBeEquivalentTo(new SplitFinding(SplitVerdict.Conflict, SplitReasons.Decided));
    }

    [Fact]
    public void Neither_the_order_of_reports_nor_a_second_judgement_changes_anything()
    {
        var dice = new Random(7);
        (decimal From, decimal To)[] ratios = [(1, 2), (2, 4), (1, 3), (10, 1), (20, 21), (1, 7)];
        for (var round = 0; round < 300; round++)
        {
            var bars = Enumerable.Range(3, 14).Select(day => Bar(new(2025, 3, day), dice.Next(1, 40), dice.Next(1, 40))).ToArray();
            var reports = Enumerable
                .Range(0, 7)
                .Select(i =>
                {
                    var (from, to) = ratios[dice.Next(ratios.Length)];
                    return Told(new DateOnly(2025, 3, dice.Next(3, 17)), from, to, dice.Next(3) == 0 ? null : $"{i}");
                })
                .ToArray();
            if (dice.Next(3) == 0)
                reports[0].Decide(dice.Next(2) == 0 ? SplitDecision.Accepted : SplitDecision.Rejected, "Ada", "x", Noon);
            var expected = Judge(bars, reports);
            foreach (var report in reports)
                report.Judge(expected[report.Id].Verdict, expected[report.Id].Reason);
            dice.Shuffle(reports);
            dice.Shuffle(bars);
            Judge(bars, reports).Should().BeEquivalentTo(expected);
            reports.Where(report => report.IsApplied).Select(report => report.ExecutionDate).Should().OnlyHaveUniqueItems();
        }
    }

    private static Bar Bar(DateOnly day, decimal open, decimal close) =>
        new(day, open, Math.Max(open, close), Math.Min(open, close), close, 100);

    private static ReportedSplit Told(DateOnly day, decimal from, decimal to, string? id = null) => new(Stock, day, from, to, id, Noon);

    private static IReadOnlyDictionary<Id<ReportedSplit>, SplitFinding> Judge(Bar[] bars, params ReportedSplit[] reports) =>
        SplitJudgement.Of(reports, day => OpeningMove.At(day, bars));
}
