using System.Net;
using System.Text;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class ActionListTests
{
    [Theory]
    [InlineData("/v3/reference/splits")]
    [InlineData("/v3/reference/splits?sort=ticker")]
    [InlineData("/stocks/v1/splits")]
    [InlineData("/v3/reference/dividends")]
    [InlineData("/v3/reference/dividends?order=asc&sort=cash_amount")]
    [InlineData("/stocks/v1/dividends")]
    [InlineData("/stocks/v1/dividends?sort=ex_dividend_date.desc,ticker.asc")]
    public async Task Pages_neither_overlap_nor_leave_gaps(string path)
    {
        await using var served = await Served.Start();
        var (separator, size) = (
            path.Contains('?', StringComparison.Ordinal) ? "&" : "?",
            path.Contains("splits", StringComparison.Ordinal) ? 3 : 90
        );

        var paged = (await served.AllRows($"{path}{separator}limit={size}")).Select(row => row.Text("id")).ToList();
        var whole = (await served.AllRows($"{path}{separator}limit=5000")).Select(row => row.Text("id"));

        paged.Should().Equal(whole).And.OnlyHaveUniqueItems();
        paged.Count.Should().BeGreaterThan(3 * size);
    }

    [Fact]
    public async Task The_older_dialect_tells_its_position_and_the_newer_one_keeps_it_to_itself()
    {
        await using var served = await Served.Start();

        var older = Cursor(await served.Get("/v3/reference/splits?limit=1"));
        var newer = Cursor(await served.Get("/stocks/v1/splits?limit=1"));

        Encoding
            .UTF8.GetString(Convert.FromBase64String(older.PadRight((older.Length + 3) / 4 * 4, '=')))
            .Should()
            .Contain("ap=2024-06-10&as=NVDA&")
            .And.Contain("limit=1");
        newer.Should().EndWith("==");

        static string Cursor(System.Text.Json.JsonElement page) => page.Text("next_url").Split("?cursor=")[1];
    }

    [Fact]
    public async Task Splits_come_newest_first()
    {
        await using var served = await Served.Start();

        var rows = await served.Rows("/v3/reference/splits?limit=1000");

        rows.Select(row => row.Text("execution_date")).Should().BeInDescendingOrder(StringComparer.Ordinal);
        rows.Should().HaveCount(10);
    }

    [Fact]
    public async Task The_newer_dialect_types_and_chains_splits()
    {
        await using var served = await Served.Start();

        var body = await served.Get("/stocks/v1/splits?ticker=NVDA");
        var rows = body.GetProperty("results").EnumerateArray().ToList();

        body.Has("count").Should().BeFalse();
        rows.Select(row => row.Number("historical_adjustment_factor")).Should().Equal(0.1m, 0.025m);
        rows.Should().OnlyContain(row => row.Text("adjustment_type") == "forward_split");
        (await served.Rows("/stocks/v1/splits?adjustment_type=reverse_split"))
            .Should()
            .ContainSingle()
            .Which.Text("ticker")
            .Should()
            .Be("CNDR");
        (await served.Rows("/stocks/v1/splits?ticker.any_of=AAPL,CNDR,NOPE")).Should().HaveCount(2);
    }

    [Theory]
    [InlineData("/v3/reference/splits?reverse_split=true", 1)]
    [InlineData("/v3/reference/splits?ticker=TSLA", 2)]
    [InlineData("/v3/reference/splits?execution_date=2020-08-31", 2)]
    [InlineData("/v3/reference/splits?execution_date.gt=2020-08-31&execution_date.lte=2022-07-18", 3)]
    [InlineData("/v3/reference/dividends?ticker=KO&ex_dividend_date.gte=2020-01-01&ex_dividend_date.lt=2021-01-01", 4)]
    [InlineData("/v3/reference/dividends?ticker=YRRW&dividend_type=SC", 1)]
    [InlineData("/stocks/v1/dividends?ticker=YRRW&distribution_type=special", 1)]
    [InlineData("/v3/reference/dividends?frequency=12&pay_date.gte=2020-01-01&pay_date.lte=2020-12-31&limit=50", 12)]
    [InlineData("/v3/reference/dividends?cash_amount.gte=5&limit=1000", 0)]
    public async Task Filters_choose(string path, int count)
    {
        await using var served = await Served.Start();

        (await served.Rows(path)).Should().HaveCount(count);
    }

    [Fact]
    public async Task Declared_dividends_of_the_future_come_first()
    {
        await using var served = await Served.Start();

        var first = (await served.Rows("/v3/reference/dividends?limit=1"))[0];

        string.CompareOrdinal(first.Text("ex_dividend_date"), "2026-07-01").Should().BePositive();
        string.CompareOrdinal(first.Text("declaration_date"), "2026-07-01").Should().BeLessThanOrEqualTo(0);
    }

    [Fact]
    public async Task The_newer_dialect_adjusts_dividends_for_later_splits()
    {
        await using var served = await Served.Start();

        var row = (await served.Rows("/stocks/v1/dividends?ticker=AAPL&ex_dividend_date.lt=2020-08-31&sort=ex_dividend_date.desc&limit=1"))[
            0
        ];

        row.Number("split_adjusted_cash_amount").Should().Be(row.Number("cash_amount") / 4);
        row.Number("historical_adjustment_factor").Should().BeInRange(0.5m, 0.9999m);
        row.Text("currency").Should().Be("USD");
    }

    [Theory]
    [InlineData("/v3/reference/splits?sort=colour")]
    [InlineData("/stocks/v1/dividends?sort=ticker.sideways")]
    [InlineData("/v3/reference/dividends?cash_amount.gt=much")]
    [InlineData("/v3/reference/dividends?ex_dividend_date=yesterday")]
    [InlineData("/v3/reference/splits?cursor=bm9uc2Vuc2U")]
    [InlineData("/v3/reference/splits?limit=0")]
    public async Task Bad_arguments_are_refused(string path)
    {
        await using var served = await Served.Start();

        var (status, body) = await served.Ask(path);

        status.Should().Be(HttpStatusCode.BadRequest);
        body.Has("error").Should().BeTrue();
    }
}
