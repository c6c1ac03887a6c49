using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Calculations;

/// <summary>Cases that are none, by hand and by chance: each is told as a problem, none breaks anything.</summary>
[Collection(LedgerApp.Name)]
public sealed class WrongCasesTests(TestApp app)
{
    private const string Path = "calculations";
    private const string Buy = """{"kind":"buy","date":"2026-01-05","symbol":"A","quantity":"2","unitPrice":"10"}""";
    private static readonly string Long = new('S', 51);
    private static readonly int Mutants = int.Parse(
        Environment.GetEnvironmentVariable("MUTATED_CASES") ?? "400",
        CultureInfo.InvariantCulture
    );

    private static readonly string?[] Hostile =
    [
        null,
        "null",
        "0",
        "-1",
        "1e30",
        "\"1e3\"",
        "\"NaN\"",
        "\"\"",
        "\"0001-01-01\"",
        "\"9999-12-31\"",
        "\"1900-01-01\"",
        "\"2199-12-31\"",
        "\"1000000000000\"",
        "\"999999999999.9999999999\"",
        "\"0.0000000001\"",
        "\"0.00000001\"",
        "\"79228162514264337593543950335\"",
        "\"-0\"",
        "\"S1\"",
        "\"S2\"",
        "\"GBX\"",
        "\"JPY\"",
        "\"merger\"",
        "\"sell\"",
        "\"transferIn\"",
        "[]",
        "{}",
        "[null]",
        "true",
        "\"\\u0000\"",
    ];

    public static TheoryData<string, string[]> Invalid { get; } =
        new()
        {
            { Body("null"), ["transactions[0]"] },
            { Body(Buy, stocks: "null"), ["stocks[0]"] },
            { Body(Buy, rates: "null"), ["exchangeRates[0]"] },
            { Body(Buy, stocks: """{"symbol":"A"},{"symbol":"A"}"""), ["stocks[1]"] },
            {
                Body(Buy, stocks: Closes("""{"date":"2026-01-05","close":"1"},{"date":"2026-01-05","close":"2"}""")),
                ["stocks[0].closes[1]"]
            },
            { Body(Buy, stocks: Closes("""{"date":"2026-01-05","close":"-1"}""")), ["stocks[0].closes[0].close"] },
            { Body(Buy, stocks: Closes("""{"date":"2026-01-05","close":"0"}""")), ["stocks[0].closes[0].close"] },
            { Body(Buy, stocks: Closes("""{"date":"0001-01-01","close":"1"}""")), ["stocks[0].closes[0].date"] },
            { Body(Buy, stocks: Closes("null")), ["stocks[0].closes[0]"] },
            { Body(Buy, rates: """{"base":"EUR","quote":"USD","date":"2026-01-05","rate":"0"}"""), ["exchangeRates[0].rate"] },
            { Body(Buy.Replace("2026-01-05", "0001-01-01", StringComparison.Ordinal)), ["transactions[0].date"] },
            { Body(Buy.Replace("2026-01-05", "9999-12-31", StringComparison.Ordinal)), ["transactions[0].date"] },
            { Body(Buy.Replace("\"A\"", $"\"{Long}\"", StringComparison.Ordinal)), ["transactions[0].symbol"] },
            {
                Body("""{"kind":"merger","date":"2026-01-05","symbol":"A","quantity":"1","intoSymbol":"A","intoQuantity":"1"}"""),
                ["transactions[0].intoSymbol"]
            },
            { Body(Buy, more: ""","benchmark":"B" """), ["benchmark"] },
            { Body(Buy, more: ""","from":"2026-01-06","to":"2026-01-05" """), ["from"] },
            { Body(Buy, more: ""","from":"0001-01-01","to":"9999-12-31" """), ["from", "to"] },
            { Body(Buy, more: ""","riskFreeRate":"-1","benchmarkBasis":"raw" """), ["riskFreeRate", "benchmarkBasis"] },
        };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task What_is_no_case_is_refused_with_all_its_faults(string body, string[] paths) =>
        (await app.Api.Post(Path, body)).IsInvalid(paths);

    [Fact]
    public async Task What_leaves_before_it_came_is_refused() =>
        (await app.Api.Post(Path, Body(Buy.Replace("buy", "sell", StringComparison.Ordinal) + "," + Later))).IsProblem(
            422,
            "transaction.oversold"
        );

    /// <summary>Quantity and close; how often it is bought.</summary>
    [Theory]
    [InlineData("1000000000000", "1000000", "USD", 1)]
    [InlineData("1000000000000", "1000000000", "USD", 1)]
    [InlineData("1000000000000", "10000000000", "USD", 1)]
    [InlineData("1000000000000", "1000000000", "JPY", 50)]
    public async Task What_is_larger_than_all_wealth_breaks_nothing(string quantity, string close, string currency, int times)
    {
        var buy = $$"""{"kind":"buy","date":"2026-01-05","symbol":"A","quantity":"{{quantity}}","unitPrice":"0.0001","fxRate":"1"}""";
        var body = Body(
            string.Join(',', Enumerable.Repeat(buy, times)),
            $$"""{"symbol":"A","currency":"{{currency}}","closes":[{"date":"2026-01-05","close":"{{close}}"}]}""",
            """{"base":"JPY","quote":"USD","date":"2026-01-05","rate":"90000"}""",
            ""","explain":true"""
        );

        var answer = await app.Api.Post(Path, body);

        if (answer.Status == 200)
            Redo.Check(answer.At("explain"));
        else
            answer.IsProblem(422, "figures.tooLarge");
    }

    [Fact]
    public async Task One_transaction_too_many_is_refused() =>
        (await app.Api.Post(Path, Body(string.Join(',', Enumerable.Repeat(Buy, 20_001))))).IsInvalid("transactions");

    [Fact]
    public async Task As_many_as_may_be_are_calculated()
    {
        var answer = (await app.Api.Post(Path, Body(string.Join(',', Enumerable.Repeat(Buy, 20_000))))).Is(200);

        answer.Exact("returns.total.inflows").Should().Be(400_000);
    }

    [Fact]
    public async Task More_than_32_mebibytes_are_refused()
    {
        // The client asks before it sends, and waits a second for the answer: not the time for a first request.
        await app.Api.Post(Path, Body(Buy));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/calculations");
        var body = Body(Buy.Replace("\"A\"", $"\"{new string('A', 33 * 1024 * 1024)}\"", StringComparison.Ordinal));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.ExpectContinue = true;

        using var response = await app.Api.Http.SendAsync(request);

        (await Answer.Of(response, CancellationToken.None)).IsProblem(413, "request.tooLarge");
    }

    [Fact]
    public async Task Mutated_cases_are_answered_or_refused_but_break_nothing()
    {
        var broken = new List<string>();
        for (var seed = 1; seed <= Mutants; seed++)
        {
            var body = Mutated(seed);
            var answer = await app.Api.Post(Path, body);
            if (answer.Status >= (int)HttpStatusCode.InternalServerError)
                broken.Add($"{seed}: {answer.Status} {body}");
            else if (answer.Status == 200)
                Redo.Check(answer.At("explain"));
            else
                answer.MediaType.Should().Be("application/problem+json");
        }
        broken.Should().BeEmpty();
    }

    private const string Later = """{"kind":"buy","date":"2026-01-06","symbol":"A","quantity":"2","unitPrice":"10"}""";

    private static string Body(string entries, string stocks = """{"symbol":"A"}""", string rates = "", string more = "") =>
        $$"""{"currency":"USD","transactions":[{{entries}}],"stocks":[{{stocks}}],"exchangeRates":[{{rates}}]{{more}}}""";

    private static string Closes(string closes) => $$"""{"symbol":"A","closes":[{{closes}}]}""";

    // A few values of a random case become others.
    private static string Mutated(int seed)
    {
        var random = new Random(seed);
        var root = JsonNode.Parse(new AnyCase(seed).Json())!.AsObject();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            JsonNode node = root;
            while (true)
            {
                var keys = node is JsonObject some ? some.Select(one => one.Key).ToList() : null;
                var length = keys?.Count ?? ((JsonArray)node).Count;
                if (length == 0)
                    break;
                var index = random.Next(length);
                var child = keys is null ? node[index] : node[keys[index]];
                if (child is JsonObject or JsonArray && random.Next(12) > 0)
                {
                    node = child;
                    continue;
                }
                var value = Hostile[random.Next(Hostile.Length)] is { } text ? JsonNode.Parse(text) : child?.DeepClone();
                if (keys is null)
                    ((JsonArray)node).Add(value);
                else
                    node[keys[index]] = value;
                break;
            }
        }
        root["explain"] = true;
        return root.ToJsonString();
    }
}
