using System.Globalization;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Domain.Tests.MarketData;

/// <summary>June 2026: the 1st is a Monday, the 19th (Juneteenth) a Friday without trading.</summary>
public class MissingDaysTests
{
    private static readonly SessionList Sessions = new(Day("2026-01-01"), Day("2026-12-31"));
    private static readonly DateTimeOffset At = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Neighbouring_sessions_of_one_reason_are_one_range_over_weekends_and_holidays()
    {
        var found = MissingDays.Explain(Days("2026-06-18", "2026-06-22", "2026-06-24"), Sessions, new DayEvidence());

        Texts(found).Should().Equal("2026-06-18 2026-06-22 2 NotAsked", "2026-06-24 2026-06-24 1 NotAsked");
    }

    [Fact]
    public void A_range_ends_where_the_reason_changes()
    {
        var evidence = new DayEvidence { Asked = [new AskedDays(Day("2026-06-02"), Day("2026-06-03"), At, FetchOutcome.Stored)] };

        var found = MissingDays.Explain(Days("2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"), Sessions, evidence);

        Texts(found)
            .Should()
            .Equal("2026-06-01 2026-06-01 1 NotAsked", "2026-06-02 2026-06-03 2 NoData", "2026-06-04 2026-06-04 1 NotAsked");
    }

    [Theory]
    [InlineData(FetchOutcome.Stored, FindingReason.NoData)]
    [InlineData(FetchOutcome.NoData, FindingReason.NoData)]
    [InlineData(FetchOutcome.NotEntitled, FindingReason.NotEntitled)]
    [InlineData(FetchOutcome.UnknownSymbol, FindingReason.UnknownSymbol)]
    public void An_answer_about_the_ticker_or_the_market_tells_why(FetchOutcome outcome, FindingReason reason)
    {
        var day = Day("2026-06-02");
        var answer = new AskedDays(day, day, At, outcome);

        new DayEvidence { Asked = [answer] }
            .ReasonOf(day)
            .Should()
            .Be(reason);
        new DayEvidence { Market = new Dictionary<DateOnly, AskedDays> { [day] = answer } }
            .ReasonOf(day)
            .Should()
            .Be(reason);
        new DayEvidence { Asked = [answer] }
            .ReasonOf(day.AddDays(1))
            .Should()
            .Be(FindingReason.NotAsked);
    }

    [Fact]
    public void Of_several_answers_the_latest_counts()
    {
        var day = Day("2026-06-02");
        AskedDays Answer(int hour, FetchOutcome outcome) => new(day, day, At.AddHours(hour), outcome);

        new DayEvidence { Asked = [Answer(2, FetchOutcome.NotEntitled), Answer(1, FetchOutcome.NoData)] }
            .ReasonOf(day)
            .Should()
            .Be(FindingReason.NotEntitled);
        new DayEvidence
        {
            Asked = [Answer(2, FetchOutcome.NotEntitled)],
            Market = new Dictionary<DateOnly, AskedDays> { [day] = Answer(3, FetchOutcome.Stored) },
        }
            .ReasonOf(day)
            .Should()
            .Be(FindingReason.NoData);
    }

    [Fact]
    public void What_is_held_or_on_its_way_is_said_before_what_was_answered()
    {
        var day = Day("2026-06-02");
        var asked = new DayEvidence { Asked = [new AskedDays(day, day, At, FetchOutcome.NoData)] };

        (asked with { Underway = [(day, day)] }).ReasonOf(day).Should().Be(FindingReason.RateLimited);
        (asked with { MarketUnderway = new HashSet<DateOnly> { day } }).ReasonOf(day).Should().Be(FindingReason.RateLimited);
        (
            asked with
            {
                Underway = [(day, day)],
                Held = new HashSet<DateOnly> { day },
            }
        ).ReasonOf(day).Should().Be(FindingReason.Quarantined);
    }

    [Fact]
    public void On_the_day_of_the_delisting_there_need_be_no_price()
    {
        var evidence = new DayEvidence
        {
            Asked = [new AskedDays(Day("2026-06-01"), Day("2026-06-30"), At, FetchOutcome.Stored)],
            DelistedOn = Day("2026-06-10"),
        };

        evidence.ReasonOf(Day("2026-06-09")).Should().Be(FindingReason.NoData);
        evidence.ReasonOf(Day("2026-06-10")).Should().Be(FindingReason.Delisted);
    }

    [Theory]
    [InlineData("2026-06-18", true, 6, FindingReason.NotAsked)] // 22, 23, 24, 25, 26 and 29 June
    [InlineData("2026-06-18", false, 6, FindingReason.Delisted)]
    [InlineData("2026-06-22", true, 0, null)]
    public void A_price_more_than_five_sessions_old_is_stale(string lastBar, bool active, int sessions, FindingReason? reason)
    {
        var stale = MissingDays.Stale(Day(lastBar), Day("2026-06-29"), Sessions, new DayEvidence(), active);

        (stale?.Sessions ?? 0, stale?.Reason).Should().Be((sessions, reason));
    }

    [Theory]
    // active, listed, delisted, first and last price, from => expected
    [InlineData(true, null, null, "2026-02-02", "2026-05-29", null, "2026-02-02 2026-06-29")]
    [InlineData(true, "2026-01-05", null, "2026-02-02", "2026-05-29", null, "2026-02-02 2026-06-29")]
    [InlineData(true, "2026-01-05", null, "2026-02-02", "2026-05-29", "2026-01-01", "2026-01-05 2026-06-29")]
    [InlineData(true, "2026-03-02", null, "2026-02-02", "2026-05-29", "2026-01-01", "2026-02-02 2026-06-29")] // a later listing's day
    [InlineData(true, null, null, "2026-02-02", "2026-05-29", "2026-03-02", "2026-03-02 2026-06-29")]
    [InlineData(false, null, "2026-06-02", "2026-02-02", "2026-05-29", null, "2026-02-02 2026-06-02")]
    [InlineData(false, null, null, "2026-02-02", "2026-05-29", null, "2026-02-02 2026-05-29")]
    [InlineData(false, null, "2026-06-02", "2026-02-02", "2026-06-05", null, "2026-02-02 2026-06-05")] // it traded on
    [InlineData(false, null, "2026-06-02", "2026-02-02", "2026-05-29", "2026-06-03", null)]
    [InlineData(true, "2026-01-05", null, null, null, "2026-01-01", null)]
    public void Prices_are_expected_from_the_first_to_the_last_day_of_a_stock(
        bool active,
        string? listed,
        string? delisted,
        string? first,
        string? last,
        string? from,
        string? expected
    )
    {
        var life = new TradingLife(active, DayOrNull(listed), DayOrNull(delisted), DayOrNull(first), DayOrNull(last));

        var days = life.Expected(DayOrNull(from), Day("2026-06-29"));

        (days is var (begin, end) ? $"{begin:yyyy-MM-dd} {end:yyyy-MM-dd}" : null).Should().Be(expected);
    }

    [Fact]
    public void Between_two_rates_weekdays_are_counted()
    {
        // Thursday 4 June to Wednesday 10 June: Friday, Monday and Tuesday lack.
        var gap = RateGap.Between(Day("2026-06-04"), Day("2026-06-10"), new DayEvidence());

        (gap.From, gap.To, gap.Sessions).Should().Be((Day("2026-06-05"), Day("2026-06-09"), 3));
    }

    private static IEnumerable<string> Texts(IEnumerable<QualityFinding> findings) =>
        findings.Select(finding => $"{finding.From:yyyy-MM-dd} {finding.To:yyyy-MM-dd} {finding.Sessions} {finding.Reason}");

    private static DateOnly[] Days(params string[] days) => [.. days.Select(Day)];

    private static DateOnly? DayOrNull(string? text) => text is null ? null : Day(text);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
