using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Limits;

/// <summary>What holds for every operation of the served contract.</summary>
[Collection(IdleApp.Name)]
public sealed partial class EveryOperationTests(IdleApp.App app)
{
    [Fact]
    public async Task Too_many_too_busy_and_too_slow_are_documented()
    {
        var operations = await Operations();

        operations.Should().NotBeEmpty();
        foreach (var (name, operation) in operations.Select(found => (found.Name, found.Json)))
        foreach (var status in new[] { "429", "503", "504" })
        {
            operation.At("responses").TryGetProperty(status, out var answer).Should().BeTrue("{0} can answer {1}", name, status);
            answer.At("content").TryGetProperty("application/problem+json", out _).Should().BeTrue("{0} {1}", name, status);
            if (status is not "504")
                answer.At("headers.Retry-After.schema").Text("type").Should().Be("integer", "{0} {1}", name, status);
        }
    }

    [Fact]
    public async Task No_list_gives_out_more_than_500_at_once()
    {
        var lists = (await Operations()).Where(found => found.Method == "get" && found.Takes("limit")).ToList();

        lists.Should().HaveCountGreaterThan(10);
        var admin = await app.As(Role.Admin);
        foreach (var list in lists)
        foreach (var limit in new[] { "0", "501" })
        {
            var answer = await admin.Get($"{PathParameter().Replace(list.Path, Guid.Empty.ToString())}?limit={limit}{list.Required}");
            answer.Status.Should().Be(400, "{0} with limit={1} answers {2}", list.Name, limit, answer.Body);
            answer.At("errors").TryGetProperty("limit", out _).Should().BeTrue(answer.Body);
        }
    }

    [Fact]
    public async Task No_range_is_longer_than_a_hundred_years()
    {
        var ranges = (await Operations())
            .Where(found => found.Method == "get" && found.Takes("from") && found.Takes("to") && found.IsDate("from"))
            // What is stored bounds these: a range only leaves rows out.
            .Where(found => found.Name is not ("GetStockActions" or "GetSuggestedDividends"))
            .ToList();

        ranges.Should().HaveCountGreaterThan(5);
        foreach (var range in ranges)
        {
            var answer = await app.Api.Get($"{PathParameter().Replace(range.Path, Guid.Empty.ToString())}?from=0001-01-01&to=9999-12-31");
            answer.Status.Should().Be(400, "{0} answers {1}", range.Name, answer.Body);
        }
    }

    [Fact]
    public async Task A_line_or_headers_of_any_length_are_not_read()
    {
        using var line = await app.Api.Http.GetAsync(new Uri($"/api/v1/customers?limit=1&x={new string('x', 9000)}", UriKind.Relative));
        line.StatusCode.Should().Be(HttpStatusCode.RequestUriTooLong);
        using var large = new HttpRequestMessage(HttpMethod.Get, "/api/v1/customers");
        large.Headers.Add("X-Large", new string('x', 17_000));
        using var headers = await app.Api.Http.SendAsync(large);
        headers.StatusCode.Should().Be(HttpStatusCode.RequestHeaderFieldsTooLarge);
        using var many = new HttpRequestMessage(HttpMethod.Get, "/api/v1/customers");
        for (var i = 0; i < 70; i++)
            many.Headers.Add($"X-{i}", "x");
        using var count = await app.Api.Http.SendAsync(many);
        count.StatusCode.Should().Be(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    private async Task<List<Operation>> Operations()
    {
        var contract = (await app.Api.Get("/openapi.json")).Is(200);
        return
        [
            .. contract
                .At("paths")
                .EnumerateObject()
                .SelectMany(path =>
                    path.Value.EnumerateObject().Select(operation => new Operation(path.Name, operation.Name, operation.Value))
                ),
        ];
    }

    private sealed record Operation(string Path, string Method, JsonElement Json)
    {
        public string Name => Json.Text("operationId")!;

        public bool Takes(string parameter) => Parameters.Any(found => found.Text("name") == parameter && found.Text("in") == "query");

        /// <summary>Something for every parameter that can't be left out.</summary>
        public string Required =>
            string.Concat(
                Parameters
                    .Where(found =>
                        found.Text("in") == "query" && found.TryGetProperty("required", out var required) && required.GetBoolean()
                    )
                    .Select(found => $"&{found.Text("name")}=USD")
            );

        public bool IsDate(string parameter) =>
            Parameters.Any(found => found.Text("name") == parameter && found.At("schema").ToString().Contains("\"date\""));

        private IEnumerable<JsonElement> Parameters =>
            Json.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 1000)]
    private static partial Regex PathParameter();
}
