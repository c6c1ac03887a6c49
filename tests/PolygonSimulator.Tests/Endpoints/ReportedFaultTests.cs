using System.Net;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

/// <summary>Faults that users of the provider reported, one by one.</summary>
public class ReportedFaultTests
{
    const string Apple = "/v2/aggs/ticker/AAPL/range/1/day/2026-06-22/2026-06-30?adjusted=false";
    const string Grouped = "/v2/aggs/grouped/locale/us/market/stocks/2026-06-30?adjusted=false";
    const string List = "/v3/reference/tickers?market=stocks&limit=7";

    [Theory]
    [InlineData(FaultKind.InternalError, 500)]
    [InlineData(FaultKind.ClientClosedRequest, 499)]
    public async Task Statuses_under_load_come_with_html(FaultKind kind, int status)
    {
        await using var served = await Served.With(new Fault(kind) { Times = 1 });

        using var response = await served.Http.GetAsync(Apple);

        ((int)response.StatusCode).Should().Be(status);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("<html>");
        (await served.Rows(Apple)).Should().HaveCount(7);
    }

    [Fact]
    public async Task A_429_may_say_nothing_at_all()
    {
        await using var served = await Served.With(
            new Fault(FaultKind.TooManyRequests)
            {
                Times = 1,
                EmptyBody = true,
                RetryAfterSeconds = 3,
            }
        );

        using var response = await served.Http.GetAsync(Apple);

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(3));
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_next_page_may_have_its_port_twice()
    {
        await using var served = await Served.With(new Fault(FaultKind.DoubledPort) { Times = 1 });
        var port = served.Simulator.BaseAddress.Port;

        var page = await served.Get(List);

        page.Text("next_url").Should().StartWith($"http://127.0.0.1:{port}:{port}/v3/reference/tickers?cursor=");
    }

    [Fact]
    public async Task A_cursor_may_be_refused_and_the_first_page_never_is()
    {
        await using var served = await Served.With(new Fault(FaultKind.CursorRefused));

        var next = (await served.Get(List)).Text("next_url");
        var (status, body) = await served.Ask(next);

        status.Should().Be(HttpStatusCode.BadRequest);
        body.Text("error").Should().Contain("cursor");
    }

    [Theory]
    [InlineData(List)]
    [InlineData("/v2/aggs/ticker/AAPL/range/1/day/2026-06-22/2026-06-30?adjusted=false&limit=2")]
    public async Task Pages_may_never_end(string path)
    {
        await using var served = await Served.With(new Fault(FaultKind.EndlessPaging));

        var next = (await served.Get(path)).Text("next_url");
        var again = await served.Get(next);

        next.Should().EndWith(path);
        again.Text("next_url").Should().Be(next);
    }

    [Fact]
    public async Task Garbage_comes_in_many_kinds()
    {
        var truth = (await Row(null)).Number("c");
        (await Row(GarbageKind.ZeroPrice)).Number("c").Should().Be(0);
        (await Row(GarbageKind.NotANumber)).Text("c").Should().Be("NaN");
        (await Row(GarbageKind.NegativeVolume)).Number("v").Should().BeNegative();
        (await Row(GarbageKind.HundredfoldJump)).Number("c").Should().Be(truth * 100);
        (await Row(GarbageKind.FutureDate)).Day().Should().BeAfter(new DateOnly(2027, 1, 1));

        static async Task<System.Text.Json.JsonElement> Row(GarbageKind? kind)
        {
            await using var served = await Served.Start();
            if (kind is { } garbage)
                served.Simulator.Add(
                    new Fault(FaultKind.GarbageRow)
                    {
                        Ticker = "AAPL",
                        Date = new DateOnly(2026, 6, 30),
                        Garbage = garbage,
                    }
                );
            var range = await served.Rows(Apple);
            range.Should().HaveCount(7);
            var grouped = (await served.Rows(Grouped)).Single(row => row.Text("T") == "AAPL");
            grouped.GetProperty("c").GetRawText().Should().Be(range[^1].GetProperty("c").GetRawText());
            return range[^1];
        }
    }

    [Fact]
    public async Task A_ticker_may_be_there_twice_on_one_day()
    {
        await using var served = await Served.With(
            new Fault(FaultKind.GarbageRow)
            {
                Ticker = "AAPL",
                Garbage = GarbageKind.TickerTwice,
                Times = 1,
            }
        );

        var twice = (await served.Rows(Grouped)).Where(row => row.Text("T") == "AAPL").ToList();
        var once = (await served.Rows(Grouped)).Where(row => row.Text("T") == "AAPL").ToList();

        twice.Should().HaveCount(2);
        once.Should().ContainSingle().Which.GetRawText().Should().Be(twice[0].GetRawText());
        twice[1].Number("c").Should().BeApproximately(twice[0].Number("c") / 2, 0.0001m);
    }

    [Fact]
    public async Task A_split_may_be_listed_with_another_ratio_or_a_day_early()
    {
        const string Splits = "/stocks/v1/splits?ticker=NVDA&execution_date.gte=2024-01-01";
        await using var plain = await Served.Start();
        await using var other = await Served.With(new Fault(FaultKind.ConflictingSplit) { Ticker = "NVDA" });
        await using var early = await Served.With(new Fault(FaultKind.ShiftedSplit) { Ticker = "NVDA" });

        var truth = (await plain.Rows(Splits)).Single();
        var two = await other.Rows(Splits);
        var shifted = (await early.Rows(Splits)).Single();

        two.Select(row => row.Number("split_to")).Should().BeEquivalentTo([10m, 20m]);
        two.Select(row => row.Text("execution_date")).Distinct().Should().Equal("2024-06-10");
        two.Select(row => row.Text("id")).Should().OnlyHaveUniqueItems();
        (truth.Text("execution_date"), shifted.Text("execution_date")).Should().Be(("2024-06-10", "2024-06-09"));
    }

    [Theory]
    [InlineData("/stocks/v1/dividends")]
    [InlineData("/v3/reference/dividends")]
    public async Task A_dividend_may_change_its_amount(string path)
    {
        var fault = new Fault(FaultKind.ChangedDividend) { Ticker = "KO", Until = new DateOnly(2026, 7, 3) };
        await using var plain = await Served.Start();
        await using var served = await Served.With(fault);

        var truth = (await plain.Rows($"{path}?ticker=KO&limit=1"))[0];
        var before = (await served.Rows($"{path}?ticker=KO&limit=1"))[0];
        served.Simulator.Now = Served.Noon.AddDays(2);
        var after = (await served.Rows($"{path}?ticker=KO&ex_dividend_date={truth.Text("ex_dividend_date")}"))[0];

        before.Text("id").Should().Be(truth.Text("id"));
        before.Number("cash_amount").Should().Be(truth.Number("cash_amount") / 4);
        after.Number("cash_amount").Should().Be(truth.Number("cash_amount"));
    }

    [Fact]
    public async Task A_crawl_may_list_a_ticker_twice_and_the_newer_row_is_the_true_one()
    {
        await using var served = await Served.With(new Fault(FaultKind.TickerTwice) { Ticker = "AAPL" });

        var rows = (await served.AllRows(List)).Where(row => row.Text("ticker") == "AAPL").ToList();

        rows.Should().HaveCount(2);
        rows.MinBy(row => row.Text("last_updated_utc")).Text("name").Should().StartWith("Formerly ");
        rows.MaxBy(row => row.Text("last_updated_utc")).Text("name").Should().NotStartWith("Formerly ");
    }

    [Fact]
    public async Task A_crawl_may_lack_a_third_of_the_tickers_drawn_by_the_seed()
    {
        await using var plain = await Served.Start();
        var all = await Tickers(plain);
        var first = await Crawl(seed: 1);
        var again = await Crawl(seed: 1);
        var other = await Crawl(seed: 2);

        first.Should().BeSubsetOf(all).And.Equal(again).And.NotEqual(other);
        ((double)first.Count / all.Count).Should().BeInRange(0.5, 0.85);

        static async Task<List<string>> Crawl(int seed)
        {
            await using var served = await Served.With(new Fault(FaultKind.PartialCrawl) { Seed = seed });
            return await Tickers(served);
        }

        static async Task<List<string>> Tickers(Served served) => [.. (await served.AllRows(List)).Select(row => row.Text("ticker"))];
    }
}
