using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Tests.Support;

namespace CleanPortfolio.PolygonSimulator.Tests.Endpoints;

public class TransportTests
{
    [Fact]
    public async Task Bodies_are_compressed_on_request()
    {
        await using var served = await Served.Start();
        var plain = await served.Http.GetStringAsync("/v2/aggs/ticker/AAPL/range/1/day/2016-01-01/2026-06-30");
        served.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        using var response = await served.Http.GetAsync("/v2/aggs/ticker/AAPL/range/1/day/2016-01-01/2026-06-30");

        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        var unpacked = await JsonDocument.ParseAsync(gzip);
        unpacked
            .RootElement.GetProperty("results")
            .GetRawText()
            .Should()
            .Be(JsonDocument.Parse(plain).RootElement.GetProperty("results").GetRawText());
    }

    [Fact]
    public async Task A_refusal_is_readable_even_where_compression_was_asked_for()
    {
        await using var served = await Served.Start();
        served.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        var (status, body) = await served.Ask("/v3/reference/tickers/NOPE");

        status.Should().Be(HttpStatusCode.NotFound);
        body.Text("message").Should().Be("Ticker not found.");
    }

    [Fact]
    public async Task The_request_id_stands_in_header_and_body()
    {
        await using var served = await Served.Start();

        using var response = await served.Http.GetAsync("/v3/reference/tickers?limit=1");

        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        body.Text("request_id").Should().MatchRegex("^[0-9a-f]{32}$").And.Be(response.Headers.GetValues("X-Request-Id").Single());
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
    }

    [Fact]
    public async Task Unknown_pages_are_not_json()
    {
        await using var served = await Served.Start();

        using var response = await served.Http.GetAsync("/v9/anything");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Be("404 page not found");
    }

    [Fact]
    public async Task The_next_url_names_the_host_that_was_asked()
    {
        await using var served = await Served.Start();
        served.Http.DefaultRequestHeaders.Host = "data.example.com:8080";

        (await served.Get("/v3/reference/tickers?limit=1"))
            .Text("next_url")
            .Should()
            .StartWith("http://data.example.com:8080/v3/reference/tickers?");
    }

    [Fact]
    public async Task Calls_faults_and_clock_can_be_reached_over_http()
    {
        await using var served = await Served.Start(key: null);
        using var json = new StringContent("""[{"kind":"tooManyRequests","ticker":"KO","times":2}]""");
        using var clock = new StringContent("""{"now":"2020-01-02T12:00:00Z"}""");
        using var nonsense = new StringContent("""{"kind":"earthquake"}""");

        (await served.Http.PostAsync("/simulator/faults", json)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await served.Http.PostAsync("/simulator/clock", clock)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await served.Http.PostAsync("/simulator/faults", nonsense)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await served.Ask("/v3/reference/tickers/KO?apiKey=x")).Status.Should().Be(HttpStatusCode.TooManyRequests);

        served.Simulator.Now.Year.Should().Be(2020);
        var fault = (await served.Get("/simulator/faults"))[0];
        fault.Number("hit").Should().Be(1);
        fault.GetProperty("fault").Text("kind").Should().Be("tooManyRequests");
        (await served.Get("/simulator/calls"))[0].Number("status").Should().Be(429);
        await served.Http.DeleteAsync("/simulator/faults");
        await served.Get("/v3/reference/tickers/KO?apiKey=x");
    }
}
