using System.Net;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class FaultTests
{
    const string Apple = "/v2/aggs/ticker/AAPL/range/1/day/2026-06-22/2026-06-30?adjusted=false";
    const string Grouped = "/v2/aggs/grouped/locale/us/market/stocks/2026-06-30?adjusted=false";

    [Fact]
    public async Task A_fault_meets_its_ticker_so_many_times_and_nobody_else()
    {
        await using var served = await Served.With(
            new Fault(FaultKind.TooManyRequests)
            {
                Ticker = "AAPL",
                Skip = 1,
                Times = 2,
                RetryAfterSeconds = 7,
            }
        );

        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 4; call++)
            statuses.Add((await served.Ask(Apple)).Status);
        (await served.Ask(Apple.Replace("AAPL", "MSFT", StringComparison.Ordinal))).Status.Should().Be(HttpStatusCode.OK);
        (await served.Ask(Grouped)).Status.Should().Be(HttpStatusCode.OK);

        statuses.Should().Equal(HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(FaultKind.BadGateway, HttpStatusCode.BadGateway)]
    [InlineData(FaultKind.GatewayTimeout, HttpStatusCode.GatewayTimeout)]
    public async Task Gateways_fail_in_html(FaultKind kind, HttpStatusCode status)
    {
        await using var served = await Served.With(new Fault(kind) { Path = "/splits" });

        using var response = await served.Http.GetAsync("/stocks/v1/splits");

        response.StatusCode.Should().Be(status);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        (await served.Ask("/stocks/v1/dividends")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(FaultKind.NotEntitled, 403, "You are not entitled to this data.*")]
    [InlineData(FaultKind.Timeframe, 403, "Your plan doesn't include this data timeframe.*")]
    [InlineData(FaultKind.BeforeEndOfDay, 403, "Attempted to request today's data before end of day.*")]
    [InlineData(FaultKind.NotAuthorizedWith200, 200, "You are not entitled to this data.*")]
    public async Task Refusals_differ_by_their_text(FaultKind kind, int status, string message)
    {
        await using var served = await Served.With(new Fault(kind));

        var (answered, body) = await served.Ask(Apple);

        ((int)answered).Should().Be(status);
        body.Text("status").Should().Be("NOT_AUTHORIZED");
        body.Text("message").Should().Match(message);
    }

    [Fact]
    public async Task A_reset_connection_answers_nothing_and_is_recorded()
    {
        await using var served = await Served.With(new Fault(FaultKind.ConnectionReset) { Times = 1 });

        await served.Invoking(it => it.Http.GetAsync(Apple)).Should().ThrowAsync<HttpRequestException>();

        (await served.Rows(Apple)).Should().HaveCount(7);
        served.Simulator.Calls.Select(call => call.Status).Should().Equal(0, 200);
    }

    [Fact]
    public async Task A_truncated_gzip_body_cannot_be_read_to_its_end()
    {
        await using var served = await Served.With(new Fault(FaultKind.TruncatedGzip));
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var http = new HttpClient(handler) { BaseAddress = served.Simulator.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "key");

        var reading = async () =>
            System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/v2/aggs/ticker/AAPL/range/1/day/2016-01-01/2026-06-30"));

        await reading.Should().ThrowAsync<Exception>();
    }

    [Fact]
    public async Task A_slow_answer_outlasts_an_impatient_client()
    {
        await using var served = await Served.With(new Fault(FaultKind.Slow) { DelayMilliseconds = 60_000, Times = 1 });
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await served.Invoking(it => it.Http.GetAsync(Apple, impatient.Token)).Should().ThrowAsync<OperationCanceledException>();

        (await served.Rows(Apple)).Should().HaveCount(7);
    }

    [Fact]
    public async Task Delayed_bars_are_still_bars()
    {
        await using var served = await Served.With(new Fault(FaultKind.Delayed));

        var body = await served.Get(Apple);

        body.Text("status").Should().Be("DELAYED");
        body.Number("resultsCount").Should().Be(7);
        (await served.Get("/v3/reference/tickers")).Text("status").Should().Be("OK");
    }

    [Fact]
    public async Task Volumes_may_come_in_exponent_form()
    {
        await using var plain = await Served.Start();
        await using var served = await Served.With(new Fault(FaultKind.ExponentNumbers));

        var row = (await served.Rows(Apple))[0];

        row.GetProperty("v").GetRawText().Should().MatchRegex("^[0-9.]+e\\+0[0-9]$");
        row.Number("v").Should().Be((await plain.Rows(Apple))[0].Number("v"));
    }

    [Fact]
    public async Task A_garbage_row_breaks_one_bar()
    {
        await using var served = await Served.With(
            new Fault(FaultKind.GarbageRow) { Ticker = "AAPL", Date = new DateOnly(2026, 6, 24) },
            new Fault(FaultKind.GarbageRow) { Ticker = "MSFT", Garbage = GarbageKind.NegativePrice }
        );

        var apple = await served.Rows(Apple);
        var grouped = await served.Rows(Grouped);

        apple.Where(row => row.Number("h") < row.Number("l")).Should().ContainSingle().Which.Day().Should().Be(new DateOnly(2026, 6, 24));
        grouped.Where(row => row.Number("c") < 0).Should().ContainSingle().Which.Text("T").Should().Be("MSFT");
    }

    [Fact]
    public async Task An_unprintable_ticker_is_one_row_more()
    {
        await using var served = await Served.With(new Fault(FaultKind.GarbageRow) { Garbage = GarbageKind.UnprintableTicker, Times = 1 });

        var faulty = await served.Rows(Grouped);
        var clean = await served.Rows(Grouped);

        faulty.Should().HaveCount(clean.Count + 1);
        faulty.Should().ContainSingle(row => row.Text("T").Any(char.IsControl));
    }

    [Fact]
    public async Task A_missing_day_is_left_out()
    {
        await using var served = await Served.With(new Fault(FaultKind.MissingDay) { Ticker = "AAPL", Date = new DateOnly(2026, 6, 30) });

        (await served.Rows(Apple)).Should().HaveCount(6);
        (await served.Rows(Grouped)).Select(row => row.Text("T")).Should().NotContain("AAPL").And.Contain("MSFT");
    }

    [Fact]
    public async Task A_corrected_bar_becomes_true_on_the_second_day()
    {
        await using var plain = await Served.Start();
        await using var served = await Served.With(new Fault(FaultKind.CorrectedBar) { Ticker = "AAPL", Date = new DateOnly(2026, 6, 30) });

        var provisional = (await served.Rows(Apple))[^1];
        served.Simulator.Now = Served.Noon.AddDays(1);
        var corrected = (await served.Rows(Apple))[^1];

        var truth = (await plain.Rows(Apple))[^1];
        provisional.Number("v").Should().BeLessThan(truth.Number("v"));
        provisional.Number("c").Should().NotBe(truth.Number("c"));
        corrected.GetRawText().Should().Be(truth.GetRawText());
    }

    [Fact]
    public async Task A_split_is_listed_twice()
    {
        await using var served = await Served.With(new Fault(FaultKind.DuplicateSplit) { Ticker = "AAPL" });

        var rows = await served.Rows("/stocks/v1/splits?ticker.any_of=AAPL,GOOGL");

        rows.Select(row => row.Text("ticker")).Should().BeEquivalentTo("AAPL", "AAPL", "GOOGL");
        rows.Select(row => row.Text("id")).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_late_dividend_appears_on_its_day()
    {
        await using var served = await Served.With(new Fault(FaultKind.LateDividend) { Ticker = "KO", Until = new DateOnly(2026, 7, 3) });

        var before = await served.Rows("/stocks/v1/dividends?ticker=KO");
        served.Simulator.Now = Served.Noon.AddDays(2);
        var after = await served.Rows("/stocks/v1/dividends?ticker=KO");

        before.Should().BeEmpty();
        after.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_recycled_ticker_was_somebody_elses()
    {
        await using var served = await Served.With(
            new Fault(FaultKind.RecycledTicker) { Ticker = "AAPL", Date = new DateOnly(2026, 6, 24) }
        );

        var rows = await served.Rows(Apple);
        var former = (await served.Get("/v3/reference/tickers/AAPL?date=2026-06-23")).GetProperty("results");
        var present = (await served.Get("/v3/reference/tickers/AAPL")).GetProperty("results");

        (rows[2].Number("o") / rows[1].Number("c")).Should().BeGreaterThan(10);
        former.Text("composite_figi").Should().NotBe(present.Text("composite_figi"));
        former.Text("name").Should().NotBe(present.Text("name"));
    }

    [Fact]
    public async Task Chance_is_drawn_by_the_seed()
    {
        var first = await Draw(seed: 1);
        var again = await Draw(seed: 1);
        var other = await Draw(seed: 2);

        first.Should().Equal(again).And.NotEqual(other);
        first.Count(status => status == 429).Should().BeInRange(5, 35);

        static async Task<List<int>> Draw(int seed)
        {
            await using var served = await Served.With(new Fault(FaultKind.TooManyRequests) { Probability = 0.5, Seed = seed });
            for (var call = 0; call < 40; call++)
                await served.Ask("/v3/reference/tickers/AAPL");
            return [.. served.Simulator.Calls.Select(call => call.Status)];
        }
    }

    [Fact]
    public async Task A_recycled_ticker_without_a_day_is_refused()
    {
        await using var served = await Served.Start();

        served
            .Simulator.Invoking(it => it.Add(new Fault(FaultKind.RecycledTicker) { Ticker = "AAPL" }))
            .Should()
            .Throw<ArgumentException>();
    }
}
