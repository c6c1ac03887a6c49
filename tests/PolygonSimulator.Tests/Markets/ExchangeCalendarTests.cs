using System.Globalization;
using CleanPortfolio.PolygonSimulator.Tests.Support;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Tests.Markets;

public class ExchangeCalendarTests
{
    [Theory]
    [InlineData("2016-03-25", false)] // Good Friday
    [InlineData("2021-06-18", true)] // Juneteenth was not kept yet
    [InlineData("2022-06-20", false)]
    [InlineData("2021-12-31", true)] // New Year on a Saturday is not made up for
    [InlineData("2021-12-24", false)]
    [InlineData("2025-01-09", false)] // day of mourning
    [InlineData("2026-07-03", false)]
    public void Sessions_follow_the_rules(string date, bool isSession) =>
        ExchangeCalendar.IsSession(DateOnly.Parse(date, CultureInfo.InvariantCulture)).Should().Be(isSession);

    [Fact]
    public void Half_days_close_at_one()
    {
        ExchangeCalendar.ClosingTime(new DateOnly(2026, 11, 27)).UtcDateTime.Hour.Should().Be(18);
        ExchangeCalendar.ClosingTime(new DateOnly(2026, 11, 25)).UtcDateTime.Hour.Should().Be(21);
    }

    [MarketDataFact]
    public void The_rules_give_the_recorded_calendar_of_fifteen_years()
    {
        var recorded = File.ReadLines(Path.Combine(Checkout.MarketData, "us_calendar.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(fields => (Date: DateOnly.Parse(fields[0], CultureInfo.InvariantCulture), EarlyClose: fields[1] == "early-close"))
            .Where(day => day.Date.Year >= 2014)
            .ToList();

        var byRule = Enumerable
            .Range(0, 15 * 366)
            .Select(new DateOnly(2014, 1, 1).AddDays)
            .Where(date => date.Year <= 2028)
            .Select(ExchangeCalendar.On)
            .OfType<Holiday>()
            .Select(day => (day.Date, day.EarlyClose));

        byRule.Should().BeEquivalentTo(recorded);
    }
}
