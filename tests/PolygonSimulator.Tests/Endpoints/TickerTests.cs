using System.Net;
using System.Text;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class TickerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("&order=desc")]
    [InlineData("&sort=name")]
    [InlineData("&sort=type&order=desc")]
    public async Task Pages_list_every_active_ticker_once(string query)
    {
        await using var served = await Served.Start();

        var tickers = (await served.AllRows($"/v3/reference/tickers?limit=7{query}")).Select(row => row.Text("ticker")).ToList();
        var whole = (await served.Rows($"/v3/reference/tickers?limit=1000{query}")).Select(row => row.Text("ticker"));

        tickers.Should().Equal(whole).And.OnlyHaveUniqueItems().And.HaveCount(51).And.NotContain(["PLHM", "QLWK"]);
    }

    [Fact]
    public async Task The_cursor_stands_alone_and_pins_the_day()
    {
        await using var served = await Served.Start();

        var page = await served.Get("/v3/reference/tickers?limit=2&market=stocks");
        served.Simulator.Now = Served.Noon.AddDays(1);
        var next = await served.Get(page.Text("next_url"));

        var url = new Uri(page.Text("next_url"));
        url.Query.Should().MatchRegex("^\\?cursor=[A-Za-z0-9_-]+$");
        var text = url.Query["?cursor=".Length..].Replace('-', '+').Replace('_', '/');
        Encoding
            .UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')))
            .Should()
            .Contain("active=true&")
            .And.Contain("date=2026-07-01&")
            .And.Contain("page_marker=ABQT%7C");
        next.GetProperty("results")[0].Text("last_updated_utc").Should().Be("2026-07-01T00:00:00Z");
        next.Number("count").Should().Be(2);
    }

    [Theory]
    [InlineData("ticker=AAPL", "AAPL")]
    [InlineData("ticker=aapl", "")]
    [InlineData("ticker.gte=VLLM&ticker.lt=YRRW", "VLLM,WHNC,XOM")]
    [InlineData("type=ETF", "NRTH,PLVR")]
    [InlineData("type=PFD", "SLTMpA")]
    [InlineData("exchange=XASE", "CBHM")]
    [InlineData("search=hartwell", "HRTW,HRTW.B")]
    [InlineData("active=false", "PLHM")]
    [InlineData("active=true&date=2020-01-02&search=qu", "ABQT,QLWK")]
    [InlineData("market=crypto", "")]
    [InlineData("cusip=1", "")]
    public async Task Filters_choose(string query, string expected)
    {
        await using var served = await Served.Start();

        var rows = await served.Rows($"/v3/reference/tickers?{query}");

        string.Join(',', rows.Select(row => row.Text("ticker"))).Should().Be(expected);
    }

    [Fact]
    public async Task A_delisted_row_says_when()
    {
        await using var served = await Served.Start();

        var row = (await served.Rows("/v3/reference/tickers?active=false"))[0];

        row.GetProperty("active").GetBoolean().Should().BeFalse();
        row.Text("delisted_utc").Should().Be("2021-07-01T00:00:00Z");
    }

    [Fact]
    public async Task Details_are_an_object()
    {
        await using var served = await Served.Start();

        var body = (await served.Get("/v3/reference/tickers/HRTW.B")).GetProperty("results");

        body.Text("name").Should().Be("Hartwell Instruments Class B");
        body.Text("ticker_root").Should().Be("HRTW");
        body.Text("ticker_suffix").Should().Be("B");
        body.Text("currency_name").Should().Be("usd");
        body.Number("market_cap").Should().BePositive();
        (await served.Get("/v3/reference/tickers/NRTH")).GetProperty("results").Has("market_cap").Should().BeFalse("funds lack most of it");
    }

    [Theory]
    [InlineData("NOPE")]
    [InlineData("aapl")]
    [InlineData("PLHM")] // delisted
    [InlineData("QLWK")] // renamed
    [InlineData("QLON?date=2022-06-08")]
    [InlineData("OSPY?date=2020-01-02")]
    public async Task Details_of_what_is_not_active_are_not_found(string ticker)
    {
        await using var served = await Served.Start();

        var (status, body) = await served.Ask($"/v3/reference/tickers/{ticker}");

        status.Should().Be(HttpStatusCode.NotFound);
        body.Text("message").Should().Be("Ticker not found.");
    }

    [Theory]
    [InlineData("PLHM?date=2021-06-30")]
    [InlineData("QLWK?date=2022-06-08")]
    [InlineData("QLON?date=2022-06-09")]
    public async Task Details_look_back_in_time(string ticker)
    {
        await using var served = await Served.Start();

        (await served.Get($"/v3/reference/tickers/{ticker}")).GetProperty("results").GetProperty("active").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Events_tell_a_rename_newest_first()
    {
        await using var served = await Served.Start();

        var results = (await served.Get("/vX/reference/tickers/QLON/events?types=ticker_change")).GetProperty("results");
        var events = results.GetProperty("events").EnumerateArray().ToList();

        events.Select(entry => entry.GetProperty("ticker_change").Text("ticker")).Should().Equal("QLON", "QLWK");
        events[0].Text("date").Should().Be("2022-06-09");
        var byFigi = await served.Get($"/vX/reference/tickers/{results.Text("composite_figi")}/events");
        byFigi.GetProperty("results").Text("name").Should().Be("Quillon Streaming Inc");
    }

    [Fact]
    public async Task Events_of_a_ticker_that_was_left_are_not_found_once_it_was()
    {
        await using var served = await Served.Start();

        (await served.Ask("/vX/reference/tickers/QLWK/events")).Status.Should().Be(HttpStatusCode.NotFound);
        served.Simulator.Now = new DateTimeOffset(2022, 6, 8, 16, 0, 0, TimeSpan.Zero);
        (await served.Ask("/vX/reference/tickers/QLWK/events")).Status.Should().Be(HttpStatusCode.OK);
    }

    [MarketDataFact]
    public async Task A_rename_in_a_folder_is_told_like_any_other()
    {
        await using var served = await Served.Start(
            new SimulatorOptions
            {
                DataFolder = Checkout.MarketData,
                DataPrefix = "us_selected",
                Renames = [new Rename("ACT", "AGN", new DateOnly(2015, 6, 15))],
                Now = new DateTimeOffset(2015, 6, 14, 16, 0, 0, TimeSpan.Zero),
            }
        );
        var before = (await served.Get("/v3/reference/tickers/ACT")).GetProperty("results").Text("composite_figi");
        (await served.Ask("/v3/reference/tickers/AGN")).Status.Should().Be(HttpStatusCode.NotFound);

        served.Simulator.Now = new DateTimeOffset(2015, 6, 15, 16, 0, 0, TimeSpan.Zero);

        (await served.Ask("/v3/reference/tickers/ACT")).Status.Should().Be(HttpStatusCode.NotFound);
        (await served.Get("/v3/reference/tickers/AGN")).GetProperty("results").Text("composite_figi").Should().Be(before);
        (await served.Rows("/v3/reference/tickers?active=false&ticker=ACT")).Should().BeEmpty("it is not delisted");
        foreach (var id in new[] { "AGN", before })
            (await served.Get($"/vX/reference/tickers/{id}/events"))
                .GetProperty("results")
                .GetProperty("events")
                .EnumerateArray()
                .Select(entry => (entry.GetProperty("ticker_change").Text("ticker"), entry.Text("date")))
                .Should()
                .Equal(("AGN", "2015-06-15"), ("ACT", "2015-03-20"));
        (await served.Ask("/vX/reference/tickers/ACT/events")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Types_and_exchanges_are_listed()
    {
        await using var served = await Served.Start();

        (await served.Rows("/v3/reference/tickers/types")).Should().HaveCount(23);
        (await served.Rows("/v3/reference/exchanges")).Select(row => row.Text("mic")).Should().Contain(["XNYS", "XNAS", "ARCX", "XASE"]);
        (await served.Rows("/stocks/v1/exchanges")).Should().NotBeEmpty();
    }
}
