using System.Globalization;
using System.Net;
using System.Text;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class RangeBarsTests
{
    const string TwoYears = "/v2/aggs/ticker/AAPL/range/1/day/2019-09-01/2021-08-31";

    [Theory]
    [InlineData("")]
    [InlineData("&adjusted=false")]
    [InlineData("&sort=desc")]
    public async Task Small_pages_together_are_the_large_page(string query)
    {
        await using var served = await Served.Start();

        var whole = await served.Rows($"{TwoYears}?limit=50000{query}");
        var pages = await served.Pages($"{TwoYears}?limit=37{query}");

        pages.Should().HaveCount((whole.Count + 36) / 37);
        pages.Should().OnlyContain(page => page.Number("resultsCount") <= 37 && page.Number("count") == page.Number("resultsCount"));
        pages
            .SelectMany(page => page.GetProperty("results").EnumerateArray())
            .Select(row => row.GetRawText())
            .Should()
            .Equal(whole.Select(row => row.GetRawText()));
    }

    [Fact]
    public async Task A_next_url_narrows_the_window_keeps_the_sort_and_leaves_the_key_out()
    {
        await using var served = await Served.Start();

        var up = await served.Get("/v2/aggs/ticker/AAPL/range/1/day/2020-01-01/2020-01-31?limit=2&sort=asc&apiKey=other");
        var down = await served.Get("/v2/aggs/ticker/AAPL/range/1/day/2020-01-01/2020-01-31?limit=2&sort=desc");

        var root = served.Simulator.BaseAddress;
        up.Text("next_url")
            .Should()
            .Be($"{root}v2/aggs/ticker/AAPL/range/1/day/1578114000000/2020-01-31?cursor={Encoded("limit=2&sort=asc")}");
        down.Text("next_url")
            .Should()
            .Be($"{root}v2/aggs/ticker/AAPL/range/1/day/2020-01-01/1580360399999?cursor={Encoded("limit=2&sort=desc")}");

        static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
    }

    [Theory]
    [InlineData("2020-07-01", 1593576000000)] // summer time
    [InlineData("2020-12-01", 1606798800000)]
    public async Task A_bar_starts_at_midnight_in_new_york(string date, long time)
    {
        await using var served = await Served.Start();

        var row = (await served.Rows($"/v2/aggs/ticker/KO/range/1/day/{date}/{date}")).Should().ContainSingle().Subject;

        row.Time().Should().Be(time);
    }

    [Fact]
    public async Task Adjusted_bars_divide_what_traded_before_a_split_and_raw_ones_do_not()
    {
        await using var served = await Served.Start();

        var raw = await served.Rows("/v2/aggs/ticker/AAPL/range/1/day/2020-08-28/2020-08-31?adjusted=false");
        var adjusted = await served.Rows("/v2/aggs/ticker/AAPL/range/1/day/2020-08-28/2020-08-31");

        adjusted[0].Number("c").Should().Be(decimal.Round(raw[0].Number("c") / 4, 4, MidpointRounding.AwayFromZero));
        adjusted[0].Number("v").Should().Be(raw[0].Number("v") * 4);
        adjusted[1].GetRawText().Should().Be(raw[1].GetRawText());
    }

    [Fact]
    public async Task A_split_adjusts_nothing_before_the_simulated_clock_reaches_it()
    {
        await using var served = await Served.Start(
            new SimulatorOptions { Now = new DateTimeOffset(2020, 8, 30, 12, 0, 0, TimeSpan.Zero) }
        );

        var raw = await served.Rows("/v2/aggs/ticker/AAPL/range/1/day/2020-08-28/2020-08-28?adjusted=false");
        var adjusted = await served.Rows("/v2/aggs/ticker/AAPL/range/1/day/2020-08-28/2020-08-28");

        adjusted[0].GetRawText().Should().Be(raw[0].GetRawText());
    }

    [Fact]
    public async Task Weeks_start_on_sunday_are_snapped_outwards_and_sum_their_days()
    {
        await using var served = await Served.Start();

        var days = await served.Rows("/v2/aggs/ticker/KO/range/1/day/2021-03-07/2021-03-20");
        var weeks = await served.AllRows("/v2/aggs/ticker/KO/range/1/week/2021-03-10/2021-03-16?limit=1");
        var backwards = await served.AllRows("/v2/aggs/ticker/KO/range/1/week/2021-03-10/2021-03-16?limit=1&sort=desc");

        weeks.Select(week => week.Day()).Should().Equal(new DateOnly(2021, 3, 7), new DateOnly(2021, 3, 14));
        weeks[0].Number("o").Should().Be(days[0].Number("o"));
        weeks[0].Number("c").Should().Be(days[4].Number("c"));
        weeks[0].Number("h").Should().Be(days.Take(5).Max(day => day.Number("h")));
        weeks[0].Number("v").Should().Be(days.Take(5).Sum(day => day.Number("v")));
        backwards.Select(week => week.GetRawText()).Should().Equal(weeks.AsEnumerable().Reverse().Select(week => week.GetRawText()));
    }

    [Theory]
    [InlineData("month", 12)]
    [InlineData("quarter", 4)]
    [InlineData("year", 1)]
    public async Task Longer_units_follow_the_calendar(string unit, int count)
    {
        await using var served = await Served.Start();

        var rows = await served.AllRows($"/v2/aggs/ticker/KO/range/1/{unit}/2021-01-15/2021-12-15?limit=70");

        rows.Should().HaveCount(count);
        rows.Should().OnlyContain(row => row.Day().Day == 1);
    }

    [Theory]
    [InlineData("NOPE", "2021-03-01", "2021-03-05")]
    [InlineData("aapl", "2021-03-01", "2021-03-05")]
    [InlineData("AAPL", "2021-12-25", "2021-12-25")]
    [InlineData("OSPY", "2020-01-01", "2020-12-31")]
    public async Task No_data_is_an_answer_without_results(string ticker, string from, string to)
    {
        await using var served = await Served.Start();

        var body = await served.Get($"/v2/aggs/ticker/{ticker}/range/1/day/{from}/{to}");

        body.Has("results").Should().BeFalse();
        body.Number("resultsCount").Should().Be(0);
        body.Text("ticker").Should().Be(ticker);
    }

    [Fact]
    public async Task A_later_page_has_results_even_if_empty()
    {
        await using var served = await Served.Start();

        var body = await served.Get("/v2/aggs/ticker/AAPL/range/1/day/2021-12-25/2021-12-25?cursor=bGltaXQ9MiZzb3J0PWFzYw");

        body.GetProperty("results").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("1/day/2021-3-1/2021-03-05", "Could not parse the time parameter: 'from'*")]
    [InlineData("1/day/2021-03-01/soon", "Could not parse the time parameter: 'to'*")]
    [InlineData("1/day/2021-03-05/2021-03-01", "The parameter 'to' cannot be a time that occurs before 'from'")]
    [InlineData("0/day/2021-03-01/2021-03-05", "*multiplier*")]
    [InlineData("1/fortnight/2021-03-01/2021-03-05", "*timespan*")]
    [InlineData("1/day/2021-03-01/2021-03-05?limit=none", "*limit*")]
    [InlineData("1/day/2021-03-01/2021-03-05?cursor=%25%25", "*cursor*")]
    public async Task Bad_arguments_are_told_apart(string rest, string message)
    {
        await using var served = await Served.Start();

        var (status, body) = await served.Ask($"/v2/aggs/ticker/AAPL/range/{rest}");

        status.Should().Be(HttpStatusCode.BadRequest);
        body.Text("status").Should().Be("ERROR");
        body.Text("error").Should().Match(message);
    }

    [Fact]
    public async Task Milliseconds_are_read_as_new_york_days()
    {
        await using var served = await Served.Start();
        var noon = new DateTimeOffset(2021, 3, 2, 17, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

        var rows = await served.Rows($"/v2/aggs/ticker/AAPL/range/1/day/{noon}/{noon}");

        rows.Should().ContainSingle().Which.Day().Should().Be(new DateOnly(2021, 3, 2));
    }

    [Fact]
    public async Task Minutes_are_not_in_any_plan()
    {
        await using var served = await Served.Start();

        var (status, body) = await served.Ask("/v2/aggs/ticker/AAPL/range/1/minute/2021-03-01/2021-03-05");

        status.Should().Be(HttpStatusCode.Forbidden);
        body.Text("message").Should().StartWith("You are not entitled");
    }
}
