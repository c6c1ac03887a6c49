using System.Globalization;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class MarketStatusTests
{
    [Theory]
    [InlineData("2026-07-01T11:59:00Z", "extended-hours", true)]
    [InlineData("2026-07-01T15:00:00Z", "open", false)]
    [InlineData("2026-07-01T21:00:00Z", "extended-hours", false)]
    [InlineData("2026-07-02T03:00:00Z", "closed", false)]
    [InlineData("2026-07-03T15:00:00Z", "closed", false)] // holiday
    [InlineData("2026-11-27T18:30:00Z", "extended-hours", false)] // half day
    public async Task The_market_keeps_its_hours(string now, string market, bool early)
    {
        await using var served = await Served.Start(new SimulatorOptions { Now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture) });

        var body = await served.Get("/v1/marketstatus/now");

        body.Text("market").Should().Be(market);
        body.GetProperty("earlyHours").GetBoolean().Should().Be(early);
        body.GetProperty("exchanges").Text("nyse").Should().Be(market);
        body.Text("serverTime").Should().MatchRegex("-0[45]:00$");
    }

    [Fact]
    public async Task Upcoming_holidays_are_a_bare_array()
    {
        await using var served = await Served.Start();

        var days = (await served.Get("/v1/marketstatus/upcoming")).EnumerateArray().ToList();

        days[0].Text("date").Should().Be("2026-07-03");
        days[0].Text("name").Should().Be("Independence Day");
        days.Select(day => day.Text("exchange")).Distinct().Should().BeEquivalentTo("NYSE", "NASDAQ", "OTC");
        var half = days.First(day => day.Text("status") == "early-close");
        half.Text("close").Should().Be("2026-11-27T18:00:00.000Z");
        days[0].Has("close").Should().BeFalse();
    }
}
