using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.Limits;

/// <summary>More at once than the service can do.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task Who_finds_no_place_is_told_at_once_and_who_waits_in_line_is_served()
    {
        var app = await Start(("Limits:Concurrency", "1"), ("Limits:Queue", "1"), ("Limits:Patience", "00:00:50"));
        try
        {
            var held = await Held.Customers(app);
            var inside = app.Api.Get("customers");
            await held.Holds(1);
            Task<Answer>[] others = [app.Api.Get("customers"), app.Api.Get("customers")];

            var told = await Task.WhenAny(others);

            IsBusy(await told);
            (await app.Api.Get("/health/live")).Is(200);
            (await app.Api.Get("/health/ready")).Is(200);
            (await app.Api.Get("/metrics")).Is(200);
            await held.DisposeAsync();
            (await inside).Is(200);
            (await others.Single(other => other != told)).Is(200);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_waits_in_line_for_too_long_is_told()
    {
        var app = await Start(("Limits:Concurrency", "1"), ("Limits:Queue", "5"), ("Limits:Patience", "00:00:00.100"));
        try
        {
            var held = await Held.Customers(app);
            var inside = app.Api.Get("customers");
            await held.Holds(1);

            IsBusy(await app.Api.Get("customers"));

            await held.DisposeAsync();
            (await inside).Is(200);
            (await app.Api.Get("customers")).Is(200);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task When_every_connection_is_in_use_the_next_request_is_told()
    {
        var cluster = await TestCluster.Current;
        var database = await cluster.NewDatabase();
        var small = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 2, Timeout = 1 }.ConnectionString;
        var app = await Start(("ConnectionStrings:Portfolio", small), ("Limits:Concurrency", "10"));
        try
        {
            var held = await Held.Customers(app, database);
            Task<Answer>[] inside = [app.Api.Get("customers"), app.Api.Get("customers")];
            await held.Holds(2);

            IsBusy(await app.Api.Get("customers"));
            IsBusy(await app.Api.Post("customers", new { name = "Ada", email = Unique.Email() }));

            await held.DisposeAsync();
            (await Task.WhenAll(inside)).Should().OnlyContain(answer => answer.Status == 200);
            (await app.Api.Get("customers")).Is(200);
        }
        finally
        {
            await app.DisposeAsync();
            await cluster.Drop(database);
        }
    }

    [Fact]
    public async Task What_takes_too_long_is_broken_off_and_told()
    {
        var app = await Start(("Limits:RequestTime", "00:00:01"));
        try
        {
            var held = await Held.Customers(app);

            (await app.Api.Get("customers")).IsProblem(504, "request.timeout");
            (await app.Api.Post("customers", new { name = "Ada", email = Unique.Email() })).IsProblem(504, "request.timeout");

            await held.DisposeAsync();
            (await app.Api.Get("customers")).Is(200).At("items").GetArrayLength().Should().Be(0);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static void IsBusy(Answer answer)
    {
        answer.IsProblem(503, "service.busy");
        answer.Headers["Retry-After"].Should().Be("1");
    }

    private static Task<TestApp> Start(params (string Key, string Value)[] settings) =>
        TestApp.Start(
            new TestAppOptions
            {
                Workers = 0,
                LogLevel = "Fatal",
                Settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal),
            }
        );
}
