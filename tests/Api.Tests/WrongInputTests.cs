using System.Text;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests;

/// <summary>Each wrong input is told as a problem with a stable code, and leaves every table as it was.</summary>
[Collection(IdleApp.Name)]
public sealed class WrongInputTests(IdleApp.App app)
{
    private static readonly string LongText = new('x', 201);

    /// <summary>Name, method, path, body, status, code. {customer}, {portfolio}, {stock}, {entry}, {job} and {unknown} are ids.</summary>
    public static TheoryData<string, string, string, string?, int, string> Inputs { get; } =
        new()
        {
            { "bad JSON", "POST", "customers", "{\"name\":", 400, "request.malformed" },
            { "no JSON at all", "POST", "customers", "name=Ada", 400, "request.malformed" },
            { "an array for an object", "POST", "customers", "[]", 400, "request.malformed" },
            { "null for an object", "POST", "customers", "null", 400, "request.malformed" },
            { "an empty body", "POST", "customers", "", 400, "request.malformed" },
            { "too deep", "POST", "customers", string.Concat(Enumerable.Repeat("{\"a\":", 40)), 400, "request.malformed" },
            { "a lone surrogate", "POST", "customers", "{\"name\":\"\\ud800\",\"email\":\"a@b.c\"}", 400, "request.malformed" },
            { "a number for a text", "POST", "customers", "{\"name\":1,\"email\":\"a@b.c\"}", 400, "request.malformed" },
            { "a null character", "POST", "customers", "{\"name\":\"a\\u0000\",\"email\":\"a@b.c\"}", 400, "request.invalid" },
            { "a long name", "POST", "customers", $$"""{"name":"{{LongText}}","email":"a@b.c"}""", 400, "request.invalid" },
            { "a number for a kind", "POST", Entries, Entry("0", "\"2026-01-05\"", "\"1\""), 400, "request.malformed" },
            { "a number for a date", "POST", Entries, Entry("\"deposit\"", "20260105", "\"1\""), 400, "request.malformed" },
            { "a day that is none", "POST", Entries, Entry("\"deposit\"", "\"2026-02-30\"", "\"1\""), 400, "request.malformed" },
            { "a text for an amount", "POST", Entries, Entry("\"deposit\"", "\"2026-01-05\"", "\"much\""), 400, "request.malformed" },
            { "a negative amount", "POST", Entries, Entry("\"deposit\"", "\"2026-01-05\"", "\"-1\""), 400, "request.invalid" },
            { "a negative quantity", "POST", Entries, Trade("buy", "2026-01-05", "-1"), 400, "request.invalid" },
            { "a quantity of nothing", "POST", Entries, Trade("buy", "2026-01-05", "0"), 400, "request.invalid" },
            { "a quantity beyond all", "POST", Entries, Trade("buy", "2026-01-05", "9999999999999"), 400, "request.invalid" },
            { "a future date", "POST", Entries, Trade("buy", "2026-07-01", "1"), 422, "transaction.futureDate" },
            { "a date before the times", "POST", Entries, Trade("buy", "0001-01-01", "1"), 400, "request.invalid" },
            { "an oversell now", "POST", Entries, Trade("sell", "2026-06-30", "11"), 422, "transaction.oversold" },
            { "an oversell in the past", "POST", Entries, Trade("sell", "2026-01-04", "1"), 422, "transaction.oversold" },
            { "a transfer of too much", "POST", Entries, Transfer, 422, "transaction.oversold" },
            { "a void that oversells", "DELETE", "portfolios/{portfolio}/transactions/{entry}", null, 422, "transaction.oversold" },
            { "an unknown stock", "POST", Entries, Trade("buy", "2026-01-05", "1", "{unknown}"), 404, "stock.notFound" },
            { "an unknown field", "POST", Entries, "{\"kind\":\"deposit\",\"price\":1}", 400, "request.malformed" },
            { "a null character in a note", "POST", Entries, Noted("a\\u0000b"), 400, "request.malformed" },
            { "an unknown customer", "GET", "customers/{unknown}", null, 404, "customer.notFound" },
            { "an unknown customer's portfolio", "POST", "customers/{unknown}/portfolios", OpenDraft, 404, "customer.notFound" },
            { "an unknown portfolio", "GET", "portfolios/{unknown}/returns", null, 404, "portfolio.notFound" },
            { "an unknown stock's history", "GET", "portfolios/{portfolio}/history?stockId={unknown}", null, 404, "stock.notFound" },
            { "an unknown stock's risk", "GET", "portfolios/{portfolio}/risk?stockId={unknown}", null, 404, "stock.notFound" },
            { "an unknown stock's lots", "GET", "portfolios/{portfolio}/lots?stockId={unknown}", null, 404, "stock.notFound" },
            { "an unknown stock of a customer", "GET", "customers/{customer}/history?stockId={unknown}", null, 404, "stock.notFound" },
            { "an unknown stock's risk of a customer", "GET", "customers/{customer}/risk?stockId={unknown}", null, 404, "stock.notFound" },
            { "an unknown portfolio's entry", "POST", "portfolios/{unknown}/transactions", Noted("x"), 404, "portfolio.notFound" },
            { "an unknown entry", "DELETE", "portfolios/{portfolio}/transactions/{unknown}", null, 404, "transaction.notFound" },
            { "an unknown job", "POST", "jobs/{unknown}/retry", null, 404, "job.notFound" },
            { "an id that is none", "GET", "customers/'; drop table customers;--", null, 400, "request.malformed" },
            { "from after to", "GET", "portfolios/{portfolio}/returns?from=2026-02-01&to=2026-01-01", null, 400, "request.invalid" },
            { "two hundred years", "GET", "portfolios/{portfolio}/history?from=1826-01-01&to=2026-01-01", null, 400, "request.invalid" },
            { "a huge page", "GET", "customers?limit=100000", null, 400, "request.invalid" },
            { "a cursor of garbage", "GET", "customers?cursor=👻", null, 400, "request.invalid" },
            { "a cursor of another list", "GET", "customers?cursor=MjAyNi0wMS0wNQ", null, 400, "request.invalid" },
            { "a population of nothing", "POST", "stocks/population", "{\"from\":\"2026-01-01\",\"tickers\":[]}", 400, "request.invalid" },
            { "a file with a bad row", "POST", Imports, "[{\"date\":\"2026-01-05\",\"kind\":\"gift\"}]", 422, "import.refused" },
            { "a file that is no list", "POST", Imports, "{\"date\":\"2026-01-05\"}", 400, "request.invalid" },
            { "a file in the dark", "POST", Imports + "?source=", "[]", 400, "request.invalid" },
            { "an unknown portfolio's file", "POST", "portfolios/{unknown}/imports", "[]", 404, "portfolio.notFound" },
            { "an unknown import", "GET", Imports + "/{unknown}", null, 404, "import.notFound" },
            { "an unknown import's rows", "GET", Imports + "/{unknown}/rows", null, 404, "import.notFound" },
            { "an unknown import undone", "DELETE", Imports + "/{unknown}", null, 404, "import.notFound" },
            { "an export of an unknown form", "GET", Entries + "/export?format=pdf", null, 400, "request.malformed" },
            { "a customer in use", "DELETE", "customers/{customer}", null, 409, "customer.hasPortfolios" },
            { "a portfolio in use", "DELETE", "portfolios/{portfolio}", null, 409, "portfolio.hasTransactions" },
            { "flows that are none", "POST", "calculations/cash-flows", "{\"flows\":[]}", 400, "request.invalid" },
            { "a rate of minus 1", "POST", "calculations/cash-flows", "{\"flows\":[],\"rate\":\"-1\"}", 400, "request.invalid" },
            { "an unknown figure", "POST", "calculations/cash-flows", "{\"flow\":[]}", 400, "request.malformed" },
            { "no returns", "POST", "calculations/return-series", "{\"returns\":[]}", 400, "request.invalid" },
            { "a return that is none", "POST", "calculations/return-series", "{\"returns\":[\"NaN\"]}", 400, "request.invalid" },
            { "a return beyond all", "POST", "calculations/return-series", "{\"returns\":[1e999]}", 400, "request.invalid" },
            { "dividends accepted of nowhere", "POST", Accepting, """{"dividendIds":["{unknown}"]}""", 404, "dividend.notFound" },
            {
                "dividends accepted of nobody",
                "POST",
                "portfolios/{unknown}/suggested-dividends/accept",
                "{\"all\":true}",
                404,
                "portfolio.notFound"
            },
            { "dividends accepted without a choice", "POST", Accepting, "{}", 400, "request.invalid" },
            { "lots of the future", "GET", "portfolios/{portfolio}/lots?asOf=2027-01-01", null, 400, "request.invalid" },
            { "a running job retried", "POST", "jobs/{job}/retry", null, 422, "job.notOver" },
        };

    private const string Entries = "portfolios/{portfolio}/transactions";
    private const string Imports = "portfolios/{portfolio}/imports";
    private const string Accepting = "portfolios/{portfolio}/suggested-dividends/accept";
    private const string OpenDraft = """{"name":"x","currency":"USD"}""";
    private const string Transfer = """{"kind":"transferOut","date":"2026-06-30","stockId":"{stock}","quantity":"11"}""";

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task It_is_told_and_changes_nothing(string what, string method, string path, string? body, int status, string code)
    {
        var ids = await Ids();
        string Fill(string text) => ids.Aggregate(text, (filled, id) => filled.Replace(id.Key, id.Value, StringComparison.Ordinal));
        var before = await TableCounts.Of(app);

        var answer = await app.Api.Send(new HttpMethod(method), Fill(path), body is null ? null : Fill(body));

        answer.IsProblem(status, code);
        (await TableCounts.Of(app)).Should().Equal(before, "{0} is refused", what);
    }

    [Fact]
    public async Task Ten_megabytes_are_refused_and_change_nothing()
    {
        var before = await TableCounts.Of(app);
        var body = $$"""{"name":"{{new string('x', 10 * 1024 * 1024)}}","email":"a@b.c"}""";

        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/customers");
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            // The client asks before it sends, so that the answer can't be lost in a connection closed while it still sends.
            request.Headers.ExpectContinue = true;
            request.Headers.TransferEncodingChunked = chunked;
            try
            {
                using var response = await app.Api.Http.SendAsync(request);
                (await Answer.Of(response, CancellationToken.None)).IsProblem(413, "request.tooLarge");
            }
            catch (HttpRequestException) when (chunked)
            {
                // Without a length the server finds out in the middle, and may close before the client has read the answer.
            }
        }
        (await TableCounts.Of(app)).Should().Equal(before);
    }

    private async Task<Dictionary<string, string>> Ids()
    {
        var customer = await app.Customer();
        var portfolio = await app.Portfolio(customer: customer);
        var stock = await app.Stock();
        var entry = await app.Buy(portfolio, stock, "2026-01-05", "10", "100");
        await app.Sell(portfolio, stock, "2026-02-05", "1", "100");
        return new(StringComparer.Ordinal)
        {
            ["{customer}"] = customer,
            ["{portfolio}"] = portfolio,
            ["{stock}"] = stock.Id,
            ["{entry}"] = entry.Text("id")!,
            ["{job}"] = await app.QueuedJob(),
            ["{unknown}"] = Guid.NewGuid().ToString(),
        };
    }

    private static string Entry(string kind, string date, string amount) => $$"""{"kind":{{kind}},"date":{{date}},"amount":{{amount}}}""";

    private static string Trade(string kind, string date, string quantity, string stock = "{stock}") =>
        $$"""{"kind":"{{kind}}","date":"{{date}}","stockId":"{{stock}}","quantity":"{{quantity}}","unitPrice":"1"}""";

    private static string Noted(string note) => $$"""{"kind":"deposit","date":"2026-01-05","amount":"1","note":"{{note}}"}""";
}
