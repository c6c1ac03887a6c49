using System.Globalization;
using CleanPortfolio.Domain.Schedules;

namespace CleanPortfolio.Domain.Tests.Schedules;

/// <summary>Instants are written with New York's offset: -05:00 in winter, -04:00 from 2026-03-08 to 2026-10-31.</summary>
public class PriceReleaseTests
{
    [Theory]
    [InlineData("2026-06-30T12:00:00-04:00", "2026-06-29")]
    [InlineData("2026-06-30T16:59:59-04:00", "2026-06-29")]
    [InlineData("2026-06-30T17:00:00-04:00", "2026-06-30")]
    [InlineData("2026-07-01T00:30:00-04:00", "2026-06-30")]
    [InlineData("2026-07-03T17:30:00-04:00", "2026-07-02")] // 4 July is a Saturday: Friday is its holiday
    [InlineData("2026-07-05T09:00:00-04:00", "2026-07-02")]
    [InlineData("2026-11-27T17:30:00-05:00", "2026-11-27")] // half day
    [InlineData("2026-03-09T17:00:00-04:00", "2026-03-09")] // the first Monday of summer time: 21:00 UTC
    [InlineData("2026-03-06T16:30:00-05:00", "2026-03-05")] // the Friday before, 21:30 UTC
    public void On_a_paid_plan_a_session_is_out_in_its_evening(string now, string session) =>
        PriceRelease.SameEvening.LastSession(Instant(now)).Should().Be(Day(session));

    [Theory]
    [InlineData("2026-06-30T23:59:59-04:00", "2026-06-29")]
    [InlineData("2026-07-01T00:14:59-04:00", "2026-06-29")]
    [InlineData("2026-07-01T00:15:00-04:00", "2026-06-30")]
    [InlineData("2026-07-04T00:30:00-04:00", "2026-07-02")]
    [InlineData("2026-11-01T00:30:00-04:00", "2026-10-30")]
    [InlineData("2026-11-02T00:30:00-05:00", "2026-10-30")]
    [InlineData("2026-11-03T00:30:00-05:00", "2026-11-02")]
    public void On_the_free_plan_a_session_is_out_after_midnight(string now, string session) =>
        PriceRelease.NextDay.LastSession(Instant(now)).Should().Be(Day(session));

    [Fact]
    public void Missing_sessions_are_those_since_the_last_stored_one()
    {
        PriceReleases.Since(Day("2026-07-01"), Day("2026-07-07")).Should().Equal(Day("2026-07-02"), Day("2026-07-06"), Day("2026-07-07"));
        PriceReleases.Since(Day("2026-07-07"), Day("2026-07-07")).Should().BeEmpty();
        PriceReleases.Since(null, Day("2026-07-07")).Should().Equal(Day("2026-07-07"));
    }

    [Fact]
    public void After_a_long_absence_only_the_newest_thirty_sessions_are_fetched()
    {
        var sessions = PriceReleases.Since(Day("2025-01-02"), Day("2026-07-07"));

        sessions.Should().HaveCount(30).And.BeInAscendingOrder();
        // June 2026 has 21 sessions (Juneteenth is a Friday), 1 to 7 July 4 more, May's last 5 end on the 29th with Memorial Day on the 25th.
        (sessions[0], sessions[^1])
            .Should()
            .Be((Day("2026-05-22"), Day("2026-07-07")));
    }

    [Fact]
    public void The_last_five_sessions_skip_weekends_and_holidays() =>
        PriceReleases
            .Last(5, Day("2026-07-07"))
            .Should()
            .Equal(Day("2026-06-30"), Day("2026-07-01"), Day("2026-07-02"), Day("2026-07-06"), Day("2026-07-07"));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
