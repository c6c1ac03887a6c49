using System.Text.RegularExpressions;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Calculations;

[Collection(LedgerApp.Name)]
public sealed partial class CalculatePortfolioTests(TestApp app)
{
    private const string Path = "calculations";

    [Theory]
    [InlineData("external", "fifo")]
    [InlineData("tracked", "lifo")]
    [InlineData("tracked", "hifo")]
    [InlineData("external", "average")]
    public async Task A_case_and_the_same_story_recorded_have_the_same_figures_digit_by_digit(string cash, string costMethod)
    {
        var (portfolio, stocks) = await Rich.Record(app, cash, costMethod);
        var answer = (await app.Api.Post(Path, Rich.Case(stocks, cash, costMethod, "2026-01-06", "2026-04-02"))).Is(200);

        const string Range = "from=2026-01-06&to=2026-04-02";
        await Same("returns", $"returns?{Range}");
        await Same("holdings", "holdings?asOf=2026-04-02");
        await Same("gains", $"gains?{Range}");
        await Same("history", $"history?{Range}");
        await Same("lots", "lots?asOf=2026-04-02");
        await Same("risk", $"risk?{Range}&benchmarkId={stocks[0].Id}");
        await Same("explain", $"returns/explain?{Range}");

        async Task Same(string part, string query)
        {
            var stored = (await app.Api.Get($"portfolios/{portfolio}/{query}")).Is(200);
            Plain(answer.At(part).GetRawText()).Should().Be(Plain(stored.Body), "{0} is the same", part);
        }
    }

    [Fact]
    public async Task The_range_ends_no_earlier_than_the_last_dividend_that_is_booked()
    {
        var body = """
            {"currency":"USD","bookDividends":"payDate","transactions":[{"kind":"buy","date":"2026-01-05","symbol":"A","quantity":"2","unitPrice":"10"}],
             "stocks":[{"symbol":"A","closes":[{"date":"2026-01-05","close":"10"},{"date":"2026-01-06","close":"10"}],
               "dividends":[{"exDate":"2026-01-06","payDate":"2026-01-09","amount":"0.25"}]}]}
            """;

        var answer = (await app.Api.Post(Path, body)).Is(200);

        (answer.Text("returns.to"), answer.Exact("returns.total.parts.dividends")).Should().Be(("2026-01-09", 0.5m));
    }

    [Fact]
    public async Task A_case_tells_the_ids_of_its_symbols_and_transactions()
    {
        var body = """
            {"currency":"USD","transactions":[
              {"kind":"buy","date":"2026-01-05","symbol":"A","quantity":"2","unitPrice":"10","externalId":"mine"}],
             "stocks":[{"symbol":"A","closes":[{"date":"2026-01-05","close":"10"},{"date":"2026-01-06","close":"11"}]}]}
            """;

        var answer = (await app.Api.Post(Path, body)).Is(200);

        answer.Figures("returns.total", 0, 22, 20, 0, 2);
        (answer.Text("returns.from"), answer.Text("returns.to")).Should().Be(("2026-01-05", "2026-01-06"));
        answer.Text("stocks.0.symbol").Should().Be("A");
        answer.Text("stocks.0.id").Should().Be(answer.Text("returns.stocks.0.stockId"));
        answer.Text("transactions.0.externalId").Should().Be("mine");
        answer.Text("transactions.0.id").Should().Be(answer.Text("lots.stocks.0.lots.0.purchaseId"));
        answer.Text("explain").Should().BeNull();
    }

    [Theory]
    [InlineData("exDate", "10.50", "0.50")]
    [InlineData("payDate", "10.50", "0.50")]
    [InlineData("none", "10", "0")]
    public async Task Dividends_of_the_market_are_booked_when_asked_for(string booking, string gain, string dividends)
    {
        // 5 shares at the close before the ex-date, 0.10 each; those bought on the ex-date are not entitled.
        var body = $$"""
            {"currency":"USD","bookDividends":"{{booking}}","to":"2026-01-09","transactions":[
              {"kind":"buy","date":"2026-01-05","symbol":"A","quantity":"5","unitPrice":"10"},
              {"kind":"buy","date":"2026-01-07","symbol":"A","quantity":"5","unitPrice":"12"}],
             "stocks":[{"symbol":"A","closes":[{"date":"2026-01-05","close":"10"},{"date":"2026-01-07","close":"12"}],
               "dividends":[{"exDate":"2026-01-07","amount":"0.10","payDate":"2026-01-09"}]}]}
            """;

        var answer = (await app.Api.Post(Path, body)).Is(200);

        (answer.Text("returns.total.gain"), answer.Text("returns.total.parts.dividends")).Should().Be((gain, dividends));
    }

    [Theory]
    [InlineData("1000000000000", "")]
    [InlineData("999999999999.0000000001", "")]
    [InlineData(
        "1000000000",
        """{"date":"2026-01-06","from":"0.000001","to":"1000000"},{"date":"2026-01-07","from":"0.000001","to":"1000000"}"""
    )]
    [InlineData("1", """{"date":"2026-01-06","from":"1000000","to":"0.000001"}""")]
    public async Task Figures_too_large_to_be_exact_are_refused_and_never_wrong(string quantity, string splits)
    {
        var body = $$"""
            {"currency":"USD","to":"2026-01-09","transactions":[
              {"kind":"transferIn","date":"2026-01-05","symbol":"A","quantity":"{{quantity}}","unitPrice":"0"}],
             "stocks":[{"symbol":"A","closes":[{"date":"2026-01-05","close":"10000000000"}],"splits":[{{splits}}]}]}
            """;

        (await app.Api.Post(Path, body)).IsProblem(422, "figures.tooLarge");
    }

    [Fact]
    public async Task More_splits_of_a_stock_than_there_can_be_are_refused()
    {
        var day = new DateOnly(2000, 1, 1);
        var splits = Enumerable.Range(0, 201).Select(i => $$"""{"date":"{{day.AddDays(i):yyyy-MM-dd}}","from":"1","to":"1"}""");
        var body = $$"""{"currency":"USD","transactions":[],"stocks":[{"symbol":"A","splits":[{{string.Join(',', splits)}}]}]}""";

        (await app.Api.Post(Path, body)).Is(400).At("errors").GetProperty("stocks[0].splits").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task A_benchmark_priced_in_pence_keeps_its_dividends_in_pounds()
    {
        // 0.05 pounds are 5 pence on a close of 100 pence: 5 %.
        var body = """
            {"currency":"GBP","from":"2026-01-06","to":"2026-01-07","benchmark":"B",
             "transactions":[{"kind":"buy","date":"2026-01-05","symbol":"A","quantity":"1","unitPrice":"10"}],
             "stocks":[{"symbol":"A","closes":[{"date":"2026-01-05","close":"10"},{"date":"2026-01-06","close":"10"}]},
              {"symbol":"B","currency":"GBX","dividends":[{"exDate":"2026-01-07","amount":"0.05","currency":"GBP"}],
               "closes":[{"date":"2026-01-05","close":"100"},{"date":"2026-01-06","close":"100"},{"date":"2026-01-07","close":"100"}]}]}
            """;

        var answer = (await app.Api.Post(Path, body)).Is(200);

        answer.At("risk.benchmark.timeWeighted").GetDouble().Should().BeApproximately(0.05, 1e-12);
        answer.At("risk.quality").ToString().Should().NotContain("fxRateMissing");
    }

    [Fact]
    public async Task Nothing_is_stored()
    {
        var before = await TableCounts.Of(app);

        (await app.Api.Post(Path, new AnyCase(7).Json())).Is(200);

        (await TableCounts.Of(app)).Should().Equal(before);
    }

    // Ids, and the versions of what they stand for, are others: each becomes the number of its first appearance.
    private static string Plain(string json)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return Version().Replace(Ids().Replace(json, found => Number(found.Value)), "");

        string Number(string id)
        {
            numbers.TryAdd(id, numbers.Count);
            return $"id{numbers[id]}";
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 5_000)]
    private static partial Regex Ids();

    [GeneratedRegex("\"dataVersion\":\"[^\"]*\"", RegexOptions.None, 5_000)]
    private static partial Regex Version();
}
