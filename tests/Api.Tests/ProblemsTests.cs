using System.Net.Http.Headers;
using System.Text;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests;

/// <summary>Every refusal is problem+json, whoever refuses: the program, the binding, the routing or the server.</summary>
[Collection(IdleApp.Name)]
public sealed class ProblemsTests(IdleApp.App app)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1")]
    [InlineData("/api/v2/customers")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/customers/00000000-0000-0000-0000-000000000000/nothing")]
    [InlineData("/..%2f..%2fetc/passwd")]
    public async Task An_unknown_route_is_told(string path) => (await app.Api.Get(path)).IsProblem(404, "route.unknown");

    [Theory]
    [InlineData("PUT", "customers")]
    [InlineData("DELETE", "customers")]
    [InlineData("POST", "jobs")]
    [InlineData("PATCH", "stocks/00000000-0000-0000-0000-000000000000")]
    [InlineData("OPTIONS", "customers")]
    public async Task A_method_that_a_route_lacks_is_told(string method, string path) =>
        (await app.Api.Send(new HttpMethod(method), path)).IsProblem(405, "route.method");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task A_body_that_is_not_called_JSON_is_told(string? mediaType)
    {
        using var content = new StringContent("""{"name":"Ada","email":"a@b.c"}""", Encoding.UTF8);
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);

        (await app.Api.Post("customers", content)).IsProblem(415, "request.mediaType");
    }

    [Theory]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=utf-7")]
    public async Task A_character_set_that_none_knows_is_told(string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"name":"Ada","email":"a@b.c"}"""));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        (await app.Api.Post("customers", content)).IsProblem(415, "request.mediaType");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_told()
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes("{\"name\":\""), 0xff, 0xfe, .. Encoding.UTF8.GetBytes("\"}")]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await app.Api.Post("customers", content)).IsProblem(400, "request.malformed");
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    [InlineData("image/png")]
    public async Task A_client_that_accepts_something_else_is_told_too(string accept)
    {
        foreach (var path in new[] { $"/api/v1/customers/{Guid.NewGuid()}", "/nothing", "/api/v1/customers?limit=0" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd(accept);
            using var response = await app.Api.Http.SendAsync(request);

            var answer = await Answer.Of(response, CancellationToken.None);

            answer.IsProblem(
                path.StartsWith("/nothing", StringComparison.Ordinal) || !path.Contains("limit", StringComparison.Ordinal) ? 404 : 400,
                answer.Text("code")!
            );
        }
    }

    [Fact]
    public async Task Violations_are_told_by_the_paths_of_the_clients_JSON()
    {
        var answer = await app.Api.Post("stocks/population", """{"from":"2026-01-01","tickers":["KO",""]}""");

        answer.IsProblem(400, "request.invalid");
        answer.Text("errors.tickers[1].0").Should().NotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/metrics")]
    [InlineData("/openapi.json")]
    public async Task What_watchers_ask_for_is_there(string path) => (await app.Api.Get(path)).Is(200);

    [Fact]
    public async Task A_long_query_and_many_parameters_are_harmless()
    {
        var query = string.Join('&', Enumerable.Range(0, 500).Select(i => $"x{i}={i}"));

        (await app.Api.Get($"customers?limit=1&{query}")).Is(200);
        (await app.Api.Get("customers?limit=1&limit=2")).IsInvalid("limit");
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_can_read_it()
    {
        await app.Customer();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi.json");
        request.Headers.AcceptEncoding.ParseAdd("br");

        using var response = await app.Api.Http.SendAsync(request);

        response.Content.Headers.ContentEncoding.Should().Equal("br");
    }

    [Fact]
    public async Task Nothing_tells_which_server_it_is()
    {
        var answer = await app.Api.Get("/nothing");

        answer.Headers.Keys.Should().NotContain(["Server", "X-Powered-By"]);
    }
}
