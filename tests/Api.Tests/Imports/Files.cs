using System.Net.Http.Headers;
using System.Text;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Imports;

/// <summary>Files of transactions, sent and fetched.</summary>
internal static class Files
{
    public const string Header = "date,kind,ticker,quantity,unitPrice,amount,fee,tax,note,externalId";

    /// <summary>Sends lines as a CSV file; options are the query.</summary>
    public static Task<Answer> Import(this TestApp app, string portfolio, string options, params string[] lines) =>
        app.ImportBytes(portfolio, options, Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));

    public static Task<Answer> ImportBytes(this TestApp app, string portfolio, string options, byte[] file, string mediaType = "text/csv")
    {
        var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        return app.Api.Send(HttpMethod.Post, $"portfolios/{portfolio}/imports?{options}", content);
    }

    /// <summary>A purchase of a line of <see cref="Header"/>.</summary>
    public static string Buy(TestStock stock, string date, string quantity, string price, string note = "", string key = "") =>
        $"{date},buy,{stock.Ticker},{quantity},{price},,,,{note},{key}";

    public static string Sell(TestStock stock, string date, string quantity, string price, string note = "", string key = "") =>
        $"{date},sell,{stock.Ticker},{quantity},{price},,,,{note},{key}";

    public static string Money(string kind, string date, string amount, string note = "", string key = "") =>
        $"{date},{kind},,,,{amount},,,{note},{key}";

    /// <summary>Asserts the counts: new, same, changed, conflict, error.</summary>
    public static Answer Counts(this Answer answer, int @new = 0, int same = 0, int changed = 0, int conflict = 0, int error = 0)
    {
        var path = answer.Status == 422 ? "import.counts" : "counts";
        new[] { "new", "same", "changed", "conflict", "error" }
            .Select(outcome => answer.At($"{path}.{outcome}").GetInt32())
            .Should()
            .Equal([@new, same, changed, conflict, error], "the answer is {0}", answer.Body);
        return answer;
    }

    /// <summary>Entries of a ledger that count.</summary>
    public static async Task<int> Entries(this TestApp app, string portfolio) =>
        (await app.Api.All($"portfolios/{portfolio}/transactions")).Count(entry => entry.Text("voidedAt") is null);
}
