using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Hygiene;

[Collection(LedgerApp.Name)]
public sealed class HeadersTests(TestApp app)
{
    [Theory]
    [InlineData("customers", 200)]
    [InlineData("customers?limit=x", 400)]
    [InlineData("customers/0193e2a4-0000-7000-8000-000000000000", 404)]
    [InlineData("nothing", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/health/live", 200)]
    [InlineData("/metrics", 200)]
    public async Task Every_answer_tells_browsers_and_caches_to_do_nothing_with_it(string path, int status)
    {
        var headers = (await app.Api.Get(path)).Is(status).Headers;

        headers["Content-Security-Policy"].Should().Be("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        headers["X-Content-Type-Options"].Should().Be("nosniff");
        headers["X-Frame-Options"].Should().Be("DENY");
        headers["Referrer-Policy"].Should().Be("no-referrer");
        headers["Permissions-Policy"].Should().Contain("geolocation=()");
        headers["Cross-Origin-Resource-Policy"].Should().Be("same-origin");
        headers["Cache-Control"].Should().Contain("no-store");
        headers.Should().NotContainKeys("Server", "X-Powered-By", "Access-Control-Allow-Origin");
    }

    [Fact]
    public async Task Swagger_may_run_its_own_scripts_and_the_one_in_its_page()
    {
        var page = (await app.Api.Get("/swagger/index.html")).Is(200);

        page.Body.Should().Contain("SwaggerUIBundle");
        page.Headers["Content-Security-Policy"]
            .Should()
            // The hash is the one that Chromium asked for.
            .Contain("script-src 'self' 'sha256-c5Zl1zWu1DRx9CRElt7YiFJvvQSzhzhqLfoyAdf37s8='; style-src")
            .And.Contain("frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("/hangfire")]
    [InlineData("/swagger/swagger-ui-bundle.js")]
    public async Task Pages_for_people_may_run_their_own_files(string path) =>
        (await app.Api.Get(path)).Headers["Content-Security-Policy"].Should().StartWith("default-src 'self'; script-src 'self'; style-src");

    [Fact]
    public async Task HSTS_is_told_over_HTTPS_and_only_there()
    {
        await using var behind = await Behind.A("127.0.0.1", "::1");

        (await behind.Get(("X-Forwarded-Proto", "https"), ("Host", "api.example.com")))
            .Headers["Strict-Transport-Security"]
            .Should()
            .Be("max-age=31536000");
        (await behind.Get(("Host", "api.example.com"))).Headers.Should().NotContainKey("Strict-Transport-Security");
    }

    [Fact]
    public async Task Nobody_is_believed_about_the_way_who_is_no_known_proxy()
    {
        await using var behind = await Behind.A("10.0.0.0/8");

        (await behind.Get(("X-Forwarded-Proto", "https"), ("Host", "api.example.com")))
            .Headers.Should()
            .NotContainKey("Strict-Transport-Security");
    }

    [Fact]
    public async Task Without_known_proxies_this_machine_is_none_either()
    {
        await using var behind = await Behind.A();

        (await behind.Get(("X-Forwarded-Proto", "https"), ("Host", "api.example.com")))
            .Headers.Should()
            .NotContainKey("Strict-Transport-Security");
    }

    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com")]
    [InlineData("https://other.example.com", null)]
    [InlineData("https://app.example.com.evil.com", null)]
    [InlineData("http://app.example.com", null)]
    [InlineData("https://app.example.com:8443", null)]
    [InlineData("null", null)]
    public async Task Only_listed_origins_may_call_from_a_browser(string origin, string? allowed)
    {
        await using var behind = await Behind.A();

        var answer = await behind.Get(("Origin", origin));
        var preflight = await behind.Send(
            HttpMethod.Options,
            ("Origin", origin),
            ("Access-Control-Request-Method", "PATCH"),
            ("Access-Control-Request-Headers", "authorization,if-match")
        );

        answer.Headers.GetValueOrDefault("Access-Control-Allow-Origin").Should().Be(allowed);
        preflight.Headers.GetValueOrDefault("Access-Control-Allow-Origin").Should().Be(allowed);
        answer.Headers.Concat(preflight.Headers).Select(header => header.Key).Should().NotContain("Access-Control-Allow-Credentials");
        if (allowed is not null)
            answer.Headers["Access-Control-Expose-Headers"].Should().Contain("ETag").And.Contain("Idempotency-Replayed");
    }

    private sealed class Behind(TestApp app) : IAsyncDisposable
    {
        public static async Task<Behind> A(params string[] proxies) =>
            new(
                await TestApp.Start(
                    new TestAppOptions
                    {
                        Workers = 0,
                        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["Proxies:Known"] = string.Join(", ", proxies),
                            ["Cors:Origins:0"] = "https://app.example.com",
                            ["Cors:Origins:1"] = "https://second.example.com",
                        },
                    }
                )
            );

        public Task<Answer> Get(params (string Name, string Value)[] headers) => Send(HttpMethod.Get, headers);

        public async Task<Answer> Send(HttpMethod method, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(method, "/api/v1/customers?limit=1");
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await app.Api.Http.SendAsync(request);
            return await Answer.Of(response, CancellationToken.None);
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
