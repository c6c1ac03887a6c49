using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Domain.Tests.MarketData;

public sealed class CoverageTests
{
    // Tuesday 30 June 2026, 12:30 in New York. The five sessions before it: 29, 26, 25, 24 and 23 June; 22 June was a Monday.
    private static readonly DateTimeOffset Noon = new(2026, 6, 30, 16, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly From = new(2026, 6, 1);
    private static readonly DateOnly To = new(2026, 6, 29);

    [Fact]
    public void A_day_is_final_when_five_sessions_lie_between_it_and_the_day_of_asking() =>
        Finality.LastFinal(FetchKind.Bars, Noon).Should().Be(new DateOnly(2026, 6, 22));

    [Fact]
    public void Actions_are_final_after_sixty_days() => Finality.LastFinal(FetchKind.Dividends, Noon).Should().Be(new DateOnly(2026, 5, 1));

    [Fact]
    public void A_later_question_takes_only_final_days_for_granted()
    {
        var fetch = Bars("KO", Noon);

        fetch.CoveredTo(Noon.AddDays(1), again: false).Should().Be(new DateOnly(2026, 6, 22));
        fetch.CoveredTo(Noon.AddMinutes(-1), again: false).Should().Be(To, "it was answered after the question");
        fetch.CoveredTo(Noon.AddMinutes(-1), again: true).Should().Be(To);
        fetch.CoveredTo(Noon.AddDays(1), again: true).Should().BeNull();
    }

    [Theory]
    [InlineData(FetchOutcome.NotEntitled)]
    [InlineData(FetchOutcome.UnknownSymbol)]
    public void A_refusal_covers_nothing(FetchOutcome outcome) =>
        Bars("KO", Noon, outcome).CoveredTo(Noon.AddDays(-1), again: false).Should().BeNull();

    [Fact]
    public void That_there_is_nothing_is_an_answer() => Bars("KO", Noon, FetchOutcome.NoData).CoveredTo(Noon, again: false).Should().Be(To);

    [Fact]
    public void Missing_days_are_those_of_no_answer()
    {
        var coverage = new Coverage([Bars("KO", Noon), Bars("PEP", Noon)], Noon.AddDays(1), again: false);
        DateOnly[] days = [new(2026, 5, 29), new(2026, 6, 1), new(2026, 6, 22), new(2026, 6, 23)];

        coverage.Missing(FetchKind.Bars, "KO", days).Should().Equal(new DateOnly(2026, 5, 29), new DateOnly(2026, 6, 23));
        coverage.Missing(FetchKind.Session, "KO", days).Should().Equal(days);
        coverage.Covers(FetchKind.Bars, "ABC", days[1]).Should().BeFalse();
    }

    [Fact]
    public void A_missing_range_leaves_out_covered_ends_and_keeps_covered_middles()
    {
        var coverage = new Coverage(
            [Rates(new(2020, 1, 1), new(2020, 1, 31)), Rates(new(2020, 2, 1), new(2020, 2, 10)), Rates(new(2020, 2, 20), new(2020, 2, 25))],
            Noon,
            again: false
        );

        DayRange? Missing(DateOnly from, DateOnly to) => coverage.MissingRange(FetchKind.Rates, "C:EURUSD", from, to);

        Missing(new(2020, 1, 5), new(2020, 3, 1)).Should().Be(new DayRange(new(2020, 2, 11), new(2020, 3, 1)));
        Missing(new(2019, 12, 1), new(2020, 2, 22)).Should().Be(new DayRange(new(2019, 12, 1), new(2020, 2, 19)));
        Missing(new(2020, 1, 10), new(2020, 2, 5)).Should().BeNull();
        Missing(new(2020, 2, 21), new(2020, 2, 21)).Should().BeNull();
    }

    [Fact]
    public void What_was_asked_for_everyone_covers_those_who_were_known_then()
    {
        var asked = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var all = new Fetch(
            FetchKind.Splits,
            Finality.Everyone,
            new(2020, 1, 1),
            new(2020, 12, 31),
            new FetchAnswer(asked, 9, FetchOutcome.Stored)
        );
        var coverage = new Coverage([all], Noon, again: false);

        DayRange? Missing(DateTimeOffset? since) => coverage.MissingRange(FetchKind.Splits, "KO", new(2020, 3, 1), new(2020, 4, 1), since);

        Missing(asked.AddDays(-1)).Should().BeNull();
        Missing(asked.AddDays(1)).Should().NotBeNull("its rows were nobody's");
        Missing(null).Should().NotBeNull();
    }

    private static Fetch Bars(string ticker, DateTimeOffset at, FetchOutcome outcome = FetchOutcome.Stored) =>
        new(FetchKind.Bars, ticker, From, To, new FetchAnswer(at, 20, outcome));

    private static Fetch Rates(DateOnly from, DateOnly to) =>
        new(FetchKind.Rates, "C:EURUSD", from, to, new FetchAnswer(Noon.AddDays(-1), 20, FetchOutcome.Stored));
}
