using System.Globalization;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Calendars;

public class UsMarketCalendarTests
{
    [MarketDataFact]
    public void Sessions_of_1998_to_2028_are_those_of_the_list()
    {
        var closed = List().Where(row => row.Status == "closed").Select(row => row.Date).ToHashSet();
        var expected = Days(1998, 2028)
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !closed.Contains(day));

        UsMarketCalendar.Sessions(new DateOnly(1998, 1, 1), new DateOnly(2028, 12, 31)).Should().Equal(expected);
    }

    [MarketDataFact]
    public void Half_days_of_1999_to_2028_are_those_of_the_list()
    {
        // The list has no half days before November 1999.
        var expected = List().Where(row => row.Status == "early-close").Select(row => row.Date);

        Days(1999, 2028).Where(day => UsMarketCalendar.CloseOn(day) == new TimeOnly(13, 0)).Should().Equal(expected);
    }

    [Theory]
    [InlineData("2017-01-02", "-")] // New Year's on a Sunday moves to Monday
    [InlineData("2010-12-31", "16")] // on a Saturday it moves nowhere
    [InlineData("2024-01-15", "-")] // Martin Luther King Jr.: third Monday
    [InlineData("2024-02-19", "-")] // Washington: third Monday
    [InlineData("2024-03-29", "-")] // Good Friday, Easter on 31 March
    [InlineData("2025-04-18", "-")] // Good Friday, Easter on 20 April
    [InlineData("2024-04-01", "16")] // Easter Monday
    [InlineData("2024-05-27", "-")] // Memorial Day: last Monday
    [InlineData("2021-06-18", "16")] // Juneteenth only since 2022
    [InlineData("2022-06-20", "-")] // Sunday 19 June
    [InlineData("2020-07-03", "-")] // Saturday 4 July
    [InlineData("2024-07-03", "13")]
    [InlineData("2024-07-05", "16")]
    [InlineData("2002-07-03", "16")] // until 2012 the Friday after a Thursday holiday was the half day
    [InlineData("2002-07-05", "13")]
    [InlineData("2013-07-03", "13")]
    [InlineData("2024-09-02", "-")] // Labor Day
    [InlineData("2024-11-28", "-")] // Thanksgiving: fourth Thursday
    [InlineData("2024-11-29", "13")]
    [InlineData("2003-12-26", "13")]
    [InlineData("2024-12-24", "13")]
    [InlineData("2021-12-24", "-")] // Saturday 25 December
    [InlineData("2022-12-26", "-")] // Sunday 25 December
    [InlineData("2001-09-14", "-")] // attacks
    [InlineData("2001-09-17", "16")]
    [InlineData("2012-10-30", "-")] // storm
    [InlineData("2025-01-09", "-")] // mourning
    [InlineData("2024-06-15", "-")] // a Saturday
    [InlineData("2024-06-16", "-")]
    [InlineData("2024-06-17", "16")]
    public void Days_known_by_hand(string date, string close)
    {
        var day = Date(date);

        UsMarketCalendar.IsSession(day).Should().Be(close != "-");
        UsMarketCalendar.CloseOn(day)?.ToString("HH", CultureInfo.InvariantCulture).Should().Be(close == "-" ? null : close);
    }

    [Fact]
    public void A_usual_year_has_252_sessions_or_so()
    {
        UsMarketCalendar.Sessions(new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)).Should().HaveCount(252);
        UsMarketCalendar.Sessions(new DateOnly(2024, 7, 4), new DateOnly(2024, 7, 4)).Should().BeEmpty();
        UsMarketCalendar.Sessions(new DateOnly(2024, 7, 5), new DateOnly(2024, 7, 4)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("2024-01-02T04:59:59Z", "2024-01-01")] // winter: 5 hours behind
    [InlineData("2024-01-02T05:00:00Z", "2024-01-02")]
    [InlineData("2024-07-02T03:59:59Z", "2024-07-01")] // summer: 4 hours
    [InlineData("2024-07-02T04:00:00Z", "2024-07-02")]
    [InlineData("2024-03-10T04:59:59Z", "2024-03-09")] // the night before the clock goes on at 7:00 UTC
    [InlineData("2024-03-11T03:59:59Z", "2024-03-10")] // a day of 23 hours
    [InlineData("2024-03-11T04:00:00Z", "2024-03-11")]
    [InlineData("2024-11-03T04:00:00Z", "2024-11-03")] // a day of 25 hours
    [InlineData("2024-11-04T04:59:59Z", "2024-11-03")]
    [InlineData("2024-11-04T05:00:00Z", "2024-11-04")]
    [InlineData("2024-01-02T12:00:00+14:00", "2024-01-01")] // an instant, whatever its offset
    public void An_instant_has_a_date_in_New_York(string instant, string date) =>
        UsMarketCalendar.DateOf(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)).Should().Be(Date(date));

    private static IEnumerable<DateOnly> Days(int from, int to) =>
        Enumerable
            .Range(new DateOnly(from, 1, 1).DayNumber, new DateOnly(to + 1, 1, 1).DayNumber - new DateOnly(from, 1, 1).DayNumber)
            .Select(DateOnly.FromDayNumber);

    private static IEnumerable<(DateOnly Date, string Status)> List() =>
        File.ReadLines(Path.Combine(Checkout.MarketData, "us_calendar.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (Date(cells[0]), cells[1]));

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
