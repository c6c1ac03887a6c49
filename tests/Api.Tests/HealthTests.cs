using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace CleanPortfolio.Api.Tests;

/// <summary>Apps in which something is not as it should be.</summary>
[Collection(WatchedApp.Name)]
public sealed class HealthTests
{
    [Fact]
    public async Task Without_a_database_it_lives_is_not_ready_and_says_so_to_clients()
    {
        var app = await Start("Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=pass-4711;Timeout=2");
        try
        {
            (await app.Api.Get("/health/live")).Is(200);
            var ready = (await app.Api.Get("/health/ready")).Is(503);
            ready.Text("checks.database.status").Should().Be("unhealthy");
            ready.Body.Should().NotContainAny("pass-4711", "nobody", "127.0.0.1");
            var answer = (await app.Api.Get("customers")).IsProblem(503, "service.unavailable");
            answer.Headers["Retry-After"].Should().Be("5");
            (await app.Api.Post("customers", new { name = "Ada", email = Unique.Email() })).IsProblem(503, "service.unavailable");
            (await app.AsNobody().Get("customers")).IsProblem(401, "access.unauthenticated");
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_without_its_tables_is_not_ready()
    {
        var cluster = await TestCluster.Current;
        var empty = await cluster.NewEmptyDatabase();
        var app = await Start(empty);
        try
        {
            (await app.Api.Get("/health/ready")).Is(503).Text("checks.database.description").Should().Contain("migrate");
            await TestCluster.Migrate(empty);
            (await app.Api.Get("/health/ready")).Is(200);
        }
        finally
        {
            await app.DisposeAsync();
            await cluster.Drop(empty);
        }
    }

    [Fact]
    public async Task A_failure_of_the_program_tells_nothing_but_where_to_look()
    {
        var prices = Substitute.For<IPriceHistory>();
        prices.Load(null!, default).ThrowsAsyncForAnyArgs(new InvalidOperationException("select secret from table"));
        var app = await TestApp.Start(
            new TestAppOptions
            {
                Workers = 0,
                LogLevel = "Fatal",
                Services = services => services.AddSingleton(prices),
            }
        );
        try
        {
            var answer = await app.Api.Get($"portfolios/{await app.Portfolio()}/returns");

            answer.IsProblem(500, "internal").Body.Should().NotContain("secret");
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static Task<TestApp> Start(string connectionString) =>
        TestApp.Start(
            new TestAppOptions
            {
                Workers = 0,
                LogLevel = "Fatal",
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings:Portfolio"] = connectionString },
            }
        );
}
