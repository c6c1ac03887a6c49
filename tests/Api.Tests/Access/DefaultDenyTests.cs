using System.Text.RegularExpressions;
using CleanPortfolio.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Access;

[Collection(AccessApp.Name)]
public sealed partial class DefaultDenyTests(AccessApp.App app)
{
    // What may be called without saying who one is: a closed list.
    private static readonly string[] Open =
    [
        "POST /api/v1/auth/token",
        "POST /api/v1/auth/refresh",
        "POST /api/v1/auth/sign-out",
        "GET /health/live",
        "GET /health/ready",
        "GET /hangfire/sign-in",
        "POST /hangfire/sign-in",
    ];

    [Fact]
    public async Task Every_route_is_closed_to_nobody_unless_it_is_on_the_list()
    {
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        routes.Should().HaveCountGreaterThan(70);
        var nobody = app.AsNobody();

        foreach (var route in routes)
        foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
        {
            route.Metadata.Select(one => one.GetType().Name).Should().Contain("Allow", "{0} must say who may call", route.DisplayName);
            var pattern = "/" + route.RoutePattern.RawText!.TrimStart('/');
            if (Open.Contains($"{method} {pattern}"))
                continue;
            var path = Parameter().Replace(pattern, Guid.NewGuid().ToString());
            var answer = await nobody.Send(new HttpMethod(method), path);
            if (answer.Location?.StartsWith("/hangfire/sign-in?", StringComparison.Ordinal) != true)
                answer.Status.Should().Be(401, "{0} {1} is closed, and answers {2}", method, pattern, answer.Body);
        }
    }

    [Fact]
    public async Task A_route_that_says_nothing_is_closed_to_everybody()
    {
        var other = await TestApp.Start(
            new TestAppOptions
            {
                Workers = 0,
                Services = services => services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, Forgetful>(),
            }
        );
        try
        {
            (await other.AsNobody().Get("/forgotten")).IsProblem(401, "access.unauthenticated");
            (await other.Api.Get("/forgotten")).IsProblem(403, "access.denied");
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_does_not_exist_and_what_describes_the_API_is_open()
    {
        var nobody = app.AsNobody();

        (await nobody.Get("/nothing")).IsProblem(404, "route.unknown");
        (await nobody.Get("/openapi.json")).Is(200);
        (await nobody.Get("/swagger/index.html")).Is(200);
        (await nobody.Get("/health/ready")).Is(200);
        (await nobody.Get("/health")).IsProblem(401, "access.unauthenticated");
        (await nobody.Get("/metrics")).IsProblem(401, "access.unauthenticated");
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    private sealed class Forgetful : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        private static readonly RouteEndpoint Forgotten = new(
            http => http.Response.WriteAsync("open"),
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/forgotten"),
            0,
            EndpointMetadataCollection.Empty,
            "forgotten"
        );

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            builder =>
            {
                builder.Use(
                    (http, then) =>
                    {
                        // As routing would, which leaves alone what has an endpoint.
                        if (http.Request.Path == "/forgotten")
                            http.SetEndpoint(Forgotten);
                        return then(http);
                    }
                );
                next(builder);
            };
    }
}
