using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Limits;

/// <summary>Few tokens, which hardly come back: three for reading, two for writing, one for computing, one for files.</summary>
public sealed class QuotasTests(QuotasTests.App app) : IClassFixture<QuotasTests.App>
{
    [Fact]
    public async Task Every_answer_tells_what_is_left_and_who_has_used_it_up_is_told_when_to_come_again()
    {
        var caller = Someone();
        var left = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var answer = (await app.Get("customers?limit=1", caller)).Is(200);
            answer.Headers["RateLimit-Policy"].Should().Be("\"read\";q=3;w=10800", "three tokens, one an hour");
            left.Add(answer.Headers["RateLimit"]);
        }
        left.Should().Equal("\"read\";r=2;t=3600", "\"read\";r=1;t=7200", "\"read\";r=0;t=10800");

        var refused = (await app.Get("customers?limit=1", caller)).IsProblem(429, "limit.exceeded");

        int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture).Should().BeInRange(1, 3600);
        refused.Headers["RateLimit"].Should().Be("\"read\";r=0;t=10800");
    }

    [Fact]
    public async Task A_refusal_tells_what_is_left_too()
    {
        (await app.Get($"customers/{Guid.NewGuid()}", Someone()))
            .IsProblem(404, "customer.notFound")
            .Headers["RateLimit"]
            .Should()
            .Be("\"read\";r=2;t=3600");
        (await app.Get("nothing", Someone())).IsProblem(404, "route.unknown").Headers.Should().ContainKey("RateLimit");
    }

    [Fact]
    public async Task Each_caller_and_each_kind_of_route_has_a_quota_of_its_own()
    {
        var (caller, nobody) = (Someone(), Guid.NewGuid());
        var computed = (await app.Get($"portfolios/{nobody}/returns", caller)).IsProblem(404, "portfolio.notFound");
        computed.Headers["RateLimit"].Should().StartWith("\"compute\";r=0");
        (await app.Get($"portfolios/{nobody}/history", caller)).IsProblem(429, "limit.exceeded");
        (await app.Get($"portfolios/{nobody}", caller)).IsProblem(404, "portfolio.notFound");
        (await app.Send(HttpMethod.Post, $"portfolios/{nobody}/transactions", caller))
            .Headers["RateLimit"]
            .Should()
            .StartWith("\"write\";r=1");
        (await app.Send(HttpMethod.Delete, $"portfolios/{nobody}/imports/{nobody}", caller))
            .Headers["RateLimit"]
            .Should()
            .StartWith("\"bulk\";r=0");
        (await app.Get($"portfolios/{nobody}/history", Someone())).IsProblem(404, "portfolio.notFound");
    }

    [Fact]
    public async Task Who_has_not_said_who_it_is_shares_the_quota_of_its_address()
    {
        (await app.Get("customers?limit=1", null, "198.51.100.7")).Headers["RateLimit"].Should().StartWith("\"read\";r=2");
        (await app.Get("customers?limit=1", null, "::ffff:198.51.100.7")).Headers["RateLimit"].Should().StartWith("\"read\";r=1");
        (await app.Get("customers?limit=1", null, "198.51.100.8")).Headers["RateLimit"].Should().StartWith("\"read\";r=2");
        (await app.Get("customers?limit=1", null, "2001:db8:1:2::1")).Headers["RateLimit"].Should().StartWith("\"read\";r=2");
        (await app.Get("customers?limit=1", null, "2001:db8:1:2:ffff::9")).Headers["RateLimit"].Should().StartWith("\"read\";r=1");
        (await app.Get("customers?limit=1", null, "2001:db8:1:3::1")).Headers["RateLimit"].Should().StartWith("\"read\";r=2");
    }

    [Fact]
    public async Task Those_who_watch_the_service_are_not_counted()
    {
        var caller = Someone();
        for (var i = 0; i < 5; i++)
            foreach (var path in new[] { "/health/live", "/health/ready", "/metrics" })
                (await app.Get(path, caller)).Is(200).Headers.Should().NotContainKey("RateLimit");
    }

    private static string Someone() => $"user:{Guid.NewGuid()}";

    public sealed class App()
        : TestApp(
            new TestAppOptions
            {
                Workers = 0,
                Settings = new[] { ("Read", "3"), ("Write", "2"), ("Compute", "1"), ("Bulk", "1") }
                    .SelectMany(quota =>
                        new[]
                        {
                            ($"Limits:{quota.Item1}:Tokens", quota.Item2),
                            ($"Limits:{quota.Item1}:Refill", "1"),
                            ($"Limits:{quota.Item1}:Period", "01:00:00"),
                        }
                    )
                    .ToDictionary(setting => setting.Item1, setting => setting.Item2, StringComparer.Ordinal),
                Services = services => services.AddSingleton<IStartupFilter, Addresses>().AddSingleton<ICallers, Believing>(),
            }
        )
    {
        private Testing.Api Nobody => field ??= this.AsNobody();

        public Task<Answer> Get(string path, string? caller, string? address = null) => Send(HttpMethod.Get, path, caller, address);

        public async Task<Answer> Send(HttpMethod method, string path, string? caller, string? address = null)
        {
            using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}");
            if (caller is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller);
            request.Headers.Add("X-Test-Address", address);
            using var response = await Nobody.Http.SendAsync(request);
            return await Answer.Of(response, CancellationToken.None);
        }
    }

    /// <summary>Believes every credential: it is the key of an administrator.</summary>
    private sealed class Believing : ICallers
    {
        public Task<Caller?> Of(string credential, CancellationToken cancellationToken) =>
            Task.FromResult<Caller?>(new Caller(credential, credential, Role.Admin, Reach.Everybody));

        public Task<Caller?> OfSession(string refreshToken, CancellationToken cancellationToken) => Of(refreshToken, cancellationToken);
    }

    /// <summary>Says from where somebody calls, as a test wants it.</summary>
    private sealed class Addresses : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (http, go) =>
                    {
                        if (http.Request.Headers["X-Test-Address"] is [{ Length: > 0 } address])
                            http.Connection.RemoteIpAddress = IPAddress.Parse(address);
                        return go(http);
                    }
                );
                next(app);
            };
    }
}
