using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Tests.Load;

/// <summary>Far more clients than a pool of five serves, none of which waits as long as it is told. How fast it is meanwhile is measured by the benchmark "overload".</summary>
public sealed class OverloadTests
{
    private const int Clients = 60;
    private const int Enough = 300;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Some_are_served_the_rest_is_told_to_come_again_and_after_it_all_is_well()
    {
        var cluster = await TestCluster.Current;
        var database = await cluster.NewDatabase();
        var app = await TestApp.Start(
            new TestAppOptions
            {
                LogLevel = "Fatal",
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ConnectionStrings:Portfolio"] = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 5 }.ConnectionString,
                    ["Limits:Queue"] = "10",
                },
            }
        );
        try
        {
            var answers = new ConcurrentBag<Answer>();
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Ask(app.Api, client, clock, answers)));

            answers.Should().OnlyContain(answer => answer.Status == 200 || answer.Status == 201 || answer.Status == 503);
            answers.Where(answer => answer.Status < 300).Should().HaveCountGreaterThanOrEqualTo(Enough);
            var refused = answers.Where(answer => answer.Status == 503).ToList();
            refused.Should().NotBeEmpty();
            refused.Should().OnlyContain(answer => answer.Headers.ContainsKey("Retry-After") && answer.Text("code") == "service.busy");
            for (var i = 0; i < 20; i++)
                (await app.Api.Get("customers?limit=5")).Is(200);
            (await app.Api.Get("/health/ready")).Is(200);
        }
        finally
        {
            await app.DisposeAsync();
            await cluster.Drop(database);
        }
    }

    private static async Task Ask(Api api, int client, Stopwatch clock, ConcurrentBag<Answer> answers)
    {
        for (var i = 0; clock.Elapsed < Limit && answers.Count(answer => answer.Status < 300) < Enough; i++)
        {
            var answer =
                i % 4 == 0
                    ? await api.Post("customers", new { name = "Load", email = $"load-{client}-{i}@example.com" })
                    : await api.Get("customers?limit=50");
            answers.Add(answer);
            if (answer.Status == 503)
                await Task.Delay(20); // the clients share two processors with the service
        }
    }
}
