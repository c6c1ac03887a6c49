using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

public sealed class BarsTests : IAsyncLifetime
{
    private static readonly DateOnly From = new(2024, 1, 2);
    private static readonly DateOnly To = new(2024, 12, 31);
    private Simulator market = null!;

    public async Task InitializeAsync() =>
        market = await Simulator.Start(new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) }, CancellationToken.None);

    public async Task DisposeAsync() => await market.DisposeAsync();

    [Fact]
    public async Task Pages_of_any_size_give_the_same_bars()
    {
        await using var whole = Client.Of(market);
        await using var pages = Client.Of(market, ("BarsPerPage", "7"));
        var expected = (await whole.Ask((m, stop) => m.Bars("NVDA", From, To, stop))).Good;
        market.ClearCalls();
        var got = await pages.Ask((m, stop) => m.Bars("NVDA", From, To, stop));
        got.Good.Should().Equal(expected).And.HaveCount(252);
        got.Rejected.Should().BeEmpty();
        market.Calls.Should().HaveCountGreaterThanOrEqualTo(36, "every page is one call");
    }

    [Fact]
    public async Task Every_session_of_a_year_has_its_own_date_on_both_sides_of_the_clock_changes()
    {
        await using var client = Client.Of(market);
        var bars = (await client.Ask((m, stop) => m.Bars("AAPL", From, To, stop))).Good;
        bars.Select(bar => bar.Date).Should().Equal(Domain.Calendars.UsMarketCalendar.Sessions(From, To));
    }

    [Theory]
    [InlineData("2024-03-08")]
    [InlineData("2024-03-11")]
    [InlineData("2024-11-01")]
    [InlineData("2024-11-04")]
    public async Task A_session_asked_as_a_whole_has_the_bars_of_the_tickers(string day)
    {
        // Stamped 16:00 there, 00:00 here, in summer and in winter time.
        await using var client = Client.Of(market);
        var session = DateOnly.Parse(day);
        var all = await client.Ask((m, stop) => m.SessionBars(session, stop));
        all.Rejected.Should().BeEmpty();
        all.Good.Should().HaveCountGreaterThan(45);
        var own = await client.Ask((m, stop) => m.Bars("KO", session, session, stop));
        all.Good.Single(row => row.Ticker == "KO").Bar.Should().Be(own.Good.Single());
    }

    [Fact]
    public async Task Exponents_are_numbers_too()
    {
        await using var client = Client.Of(market);
        var plain = (await client.Ask((m, stop) => m.Bars("KO", From, To, stop))).Good;
        market.Add(new Fault(FaultKind.ExponentNumbers));
        var exponents = await client.Ask((m, stop) => m.Bars("KO", From, To, stop));
        exponents.Good.Should().Equal(plain);
    }

    [Theory]
    [InlineData(GarbageKind.HighBelowLow)]
    [InlineData(GarbageKind.NegativePrice)]
    public async Task A_bar_that_cannot_be_is_told_and_left_out_alone(GarbageKind garbage)
    {
        await using var client = Client.Of(market);
        market.Add(
            new Fault(FaultKind.GarbageRow)
            {
                Ticker = "KO",
                Date = new(2024, 5, 6),
                Garbage = garbage,
            }
        );
        var bars = await client.Ask((m, stop) => m.Bars("KO", From, To, stop));
        bars.Good.Should().HaveCount(251).And.NotContain(bar => bar.Date == new DateOnly(2024, 5, 6));
        bars.Rejected.Should().ContainSingle().Which.Detail.Should().StartWith("2024-05-06");
    }

    [Fact]
    public async Task A_row_of_binary_garbage_leaves_the_rest_of_the_session()
    {
        await using var client = Client.Of(market);
        var clean = await client.Ask((m, stop) => m.SessionBars(new(2024, 5, 6), stop));
        market.Add(new Fault(FaultKind.GarbageRow) { Garbage = GarbageKind.UnprintableTicker });
        var dirty = await client.Ask((m, stop) => m.SessionBars(new(2024, 5, 6), stop));
        dirty.Good.Should().Equal(clean.Good);
        dirty.Rejected.Should().ContainSingle();
    }

    [Fact]
    public async Task Nothing_on_a_closed_day_is_nothing_and_no_failure()
    {
        await using var client = Client.Of(market);
        (await client.Ask((m, stop) => m.SessionBars(new(2024, 12, 25), stop))).Good.Should().BeEmpty();
        (await client.Ask((m, stop) => m.Bars("KO", new(2024, 12, 25), new(2024, 12, 25), stop))).Good.Should().BeEmpty();
        (await client.Ask((m, stop) => m.Bars("NOSUCH", From, To, stop))).Good.Should().BeEmpty();
    }

    [Fact]
    public async Task Delayed_data_are_data()
    {
        await using var client = Client.Of(market);
        market.Add(new Fault(FaultKind.Delayed));
        (await client.Ask((m, stop) => m.Bars("KO", From, To, stop))).Good.Should().HaveCount(252);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_told_one_by_one()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        const string Good = """{"T":"AAA","v":1.5,"o":2,"c":2.5,"h":3,"l":1,"t":1484254800000}""";
        provider.Then(
            200,
            $$"""
            {"status":"OK","results":[
              {{Good}},
              {{Good.Replace("AAA", "BBB").Replace(":3,", ":\"3\",")}},
              {{Good.Replace("AAA", "CCC").Replace(":1.5,", ":1e400,")}},
              {{Good.Replace("AAA", "DDD").Replace("1484254800000", "1484341200000")}},
              {{Good.Replace("AAA", "EEE").Replace("1484254800000", "1e300")}},
              {{Good.Replace("\"AAA\"", "5")}},
              {{Good.Replace("\"AAA\"", "null")}},
              {{Good.Replace("AAA", "A A")}},
              {{Good.Replace("AAA", "\\u0001")}},
              {"T":"FFF"},
              null,
              {{Good}},
              {{Good.Replace("AAA", "ZZZ").Replace(":1.5,", ":1.300741e+06,")}}
            ]}
            """
        );
        var rows = await client.Ask((m, stop) => m.SessionBars(new(2017, 1, 12), stop));
        rows.Good.Select(row => row.Ticker).Should().Equal("AAA", "ZZZ");
        rows.Good[1].Bar.Volume.Should().Be(1_300_741);
        rows.Rejected.Should()
            .HaveCount(
                9,
                "the repeated row is no fault of its own, and null tells nothing: {0}",
                string.Join('\n', rows.Rejected.Select(row => row.Detail))
            );
    }

    // 1484254800000 is 16:00 in New York on 12 January 2017; 4102444800000 is in 2099.
    [Theory]
    [InlineData(":2,", ":\"NaN\",", "notANumber", "\"NaN\"")]
    [InlineData(":2,", ":null,", "notANumber", null)]
    [InlineData(":2,", ":0,", "zeroPrice", "0")]
    [InlineData(":2,", ":-2.50,", "negativePrice", "-2.5")]
    [InlineData(":2,", ":3.5,", "highBelowLow", "3.5")]
    [InlineData(":2,", ":2e10,", "beyondRange", "20000000000")]
    [InlineData(":1.5,", ":-1,", "negativeVolume", "2")]
    [InlineData(":1.5,", ":2e15,", "beyondRange", "2")]
    [InlineData("1484254800000", "1484341200000", "outOfRange", "2")]
    [InlineData("1484254800000", "4102444800000", "futureDate", "2")]
    [InlineData("AAA", "A A", "unreadableTicker", "2")]
    public async Task What_is_wrong_with_a_row_is_told_with_what_stood_there(string right, string wrong, string reason, string? open)
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        var row = """{"T":"AAA","v":1.5,"o":2,"c":2.5,"h":3,"l":1,"t":1484254800000}""".Replace(right, wrong);
        provider.Then(200, $$"""{"status":"OK","results":[{{row}}]}""");

        var rejected = (await client.Ask((m, stop) => m.SessionBars(new(2017, 1, 12), stop))).Rejected.Should().ContainSingle().Subject;

        (rejected.Kind, rejected.Reason).Should().Be((Domain.MarketData.RowKind.Bar, reason));
        rejected.Ticker.Should().Be(wrong == "A A" ? null : "AAA");
        System.Text.Json.JsonDocument.Parse(rejected.Content).RootElement.GetProperty("open").GetString().Should().Be(open);
    }

    [Fact]
    public async Task A_ticker_that_is_no_text_at_all_leaves_the_rest_of_the_session()
    {
        await using var provider = await FakeProvider.Start();
        await using var client = new Client(provider.Address);
        byte[] ticker = [(byte)'"', 0xC3, 0x28, 0xFF, (byte)'"'];
        provider.Then(async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(
                """{"status":"OK","results":[{"T":"AAA","v":1,"o":2,"c":2,"h":2,"l":2,"t":1484254800000},{"T":"""u8.ToArray()
            );
            await http.Response.Body.WriteAsync(ticker);
            await http.Response.Body.WriteAsync(""","v":1,"o":2,"c":2,"h":2,"l":2,"t":1484254800000}]}"""u8.ToArray());
        });
        var rows = await client.Ask((m, stop) => m.SessionBars(new(2017, 1, 12), stop));
        rows.Good.Should().ContainSingle().Which.Ticker.Should().Be("AAA");
        rows.Rejected.Should().ContainSingle();
    }
}
