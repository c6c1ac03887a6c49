using System.Net;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class DayBarsTests
{
    [Fact]
    public async Task Grouped_daily_holds_every_stock_that_traded_at_the_closing_time()
    {
        await using var served = await Served.Start();

        var body = await served.Get("/v2/aggs/grouped/locale/us/market/stocks/2020-10-14?adjusted=false&include_otc=false&locale=us");
        var rows = body.GetProperty("results").EnumerateArray().ToList();

        rows.Should().HaveCount(51).And.OnlyContain(row => row.Time() == 1602705600000);
        rows.Select(row => row.Text("T")).Should().Contain(["PLHM", "QLWK", "SLTMpA", "HRTW.B"]).And.NotContain(["QLON", "OSPY"]);
        body.Number("resultsCount").Should().Be(51);
        body.Has("ticker").Should().BeFalse();
        var single = (await served.Rows("/v2/aggs/ticker/TSLA/range/1/day/2020-10-14/2020-10-14?adjusted=false"))[0];
        rows.Single(row => row.Text("T") == "TSLA").Number("c").Should().Be(single.Number("c"));
    }

    [Theory]
    [InlineData("2020-12-25")]
    [InlineData("2020-10-17")]
    [InlineData("2026-07-01")] // noon of today
    public async Task A_day_without_bars_answers_none(string date)
    {
        await using var served = await Served.Start();

        var body = await served.Get($"/v2/aggs/grouped/locale/us/market/stocks/{date}");

        body.Number("resultsCount").Should().Be(0);
        body.Has("results").Should().BeFalse();
    }

    [Fact]
    public async Task The_future_is_outside_the_timeframe_of_every_plan()
    {
        await using var served = await Served.Start();

        var (status, body) = await served.Ask("/v2/aggs/grouped/locale/us/market/stocks/2026-07-02");

        status.Should().Be(HttpStatusCode.Forbidden);
        body.Text("message").Should().StartWith("Your plan doesn't include this data timeframe");
    }

    [Theory]
    [InlineData("2026-07-01T23:59:00Z", "2026-06-30")]
    [InlineData("2026-07-02T00:01:00Z", "2026-07-01")] // 20:01 in New York
    public async Task The_previous_close_rolls_over_at_midnight_utc(string now, string expected)
    {
        await using var served = await Served.Start(
            new SimulatorOptions { Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture) }
        );

        var row = (await served.Rows("/v2/aggs/ticker/KO/prev")).Should().ContainSingle().Subject;

        row.Text("T").Should().Be("KO");
        row.Day().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).Should().Be(expected);
        DateTimeOffset.FromUnixTimeMilliseconds(row.Time()).Hour.Should().Be(20, "the row is stamped with the close");
    }

    [Fact]
    public async Task Open_close_is_flat()
    {
        await using var served = await Served.Start();

        var body = await served.Get("/v1/open-close/JPM/2021-03-02?adjusted=false");
        var bar = (await served.Rows("/v2/aggs/ticker/JPM/range/1/day/2021-03-02/2021-03-02?adjusted=false"))[0];

        body.Text("from").Should().Be("2021-03-02");
        body.Text("symbol").Should().Be("JPM");
        body.Number("close").Should().Be(bar.Number("c"));
        body.Number("volume").Should().Be(bar.Number("v"));
        body.Has("request_id").Should().BeFalse();
    }

    [Theory]
    [InlineData("JPM/2021-03-06")]
    [InlineData("NOPE/2021-03-02")]
    public async Task Open_close_without_data_is_not_found(string rest)
    {
        await using var served = await Served.Start();

        var (status, body) = await served.Ask($"/v1/open-close/{rest}");

        status.Should().Be(HttpStatusCode.NotFound);
        body.Text("status").Should().Be("NOT_FOUND");
        body.Text("message").Should().Be("Data not found.");
    }
}
