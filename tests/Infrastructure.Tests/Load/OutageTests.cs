using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CleanPortfolio.Infrastructure.Tests.LocalPostgres;
using CleanPortfolio.Infrastructure.Tests.Making;
using Npgsql;
using AppRole = CleanPortfolio.Infrastructure.LocalPostgres.AppRole;

namespace CleanPortfolio.Infrastructure.Tests.Load;

/// <summary>
/// PostgreSQL goes away under load and comes back. The normal run stops it for three seconds; with STOP_SECONDS=20 it is the acceptance run,
/// which also holds the service to its time.
/// </summary>
public sealed class OutageTests
{
    private const int Clients = 8;
    private static readonly TimeSpan RecoveryAccepted = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RecoveryBorne = TimeSpan.FromSeconds(30);

    private static readonly int? Asked = int.TryParse(
        Environment.GetEnvironmentVariable("STOP_SECONDS"),
        CultureInfo.InvariantCulture,
        out var seconds
    )
        ? seconds
        : null;

    [Fact]
    public async Task While_the_database_is_away_clients_are_told_and_after_it_all_that_was_acknowledged_is_there()
    {
        using var playground = new Playground();
        var options = playground.Options with { Durable = true, Port = Service.FreePort() };
        var server = await playground.Start(options);
        var owner = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString;
        await AppRole.Ensure(owner, CancellationToken.None);
        await TestCluster.Migrate(owner);
        await Credentials.Store(owner);
        await using var service = await Service.Start(Settings(server.ConnectionString));
        var load = new Load(service.Api);
        var clients = Enumerable.Range(0, Clients).Select(load.Run).ToArray();
        await load.Goes();

        await server.DisposeAsync();
        load.Note("stopped");
        await load.Fails();
        (await service.Api.Get("/health/live")).Is(200);
        (await service.Api.Get("/health/ready")).Is(503);
        await Task.Delay(TimeSpan.FromSeconds(Asked ?? 3));
        var again = await playground.Start(options);
        await using var restarted = again;
        var since = Stopwatch.StartNew();
        load.Note("started");
        await load.Goes();
        var recovery = since.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(1));
        load.IsOver = true;
        await Task.WhenAll(clients);

        load.Odd.Should().BeEmpty("every answer is a success or a clear 503");
        load.Refused.Should().BeGreaterThan(0);
        recovery.Should().BeLessThan(Asked is null ? RecoveryBorne : RecoveryAccepted);
        await All(load, again.ConnectionString);
        Console.WriteLine(
            $"Away for {Asked ?? 3} s: {load.Acknowledged.Count} writes acknowledged, {load.Refused} requests refused, served again after {recovery.TotalSeconds:0.00} s"
        );
    }

    private static async Task All(Load load, string connectionString)
    {
        var stored = (await Sql.Lines(connectionString, "select id from customers")).ToHashSet(StringComparer.Ordinal);
        load.Acknowledged.Where(id => !stored.Contains($"({id})")).Should().BeEmpty("what was acknowledged is not lost");
        load.Acknowledged.Should().NotBeEmpty();
    }

    private static Dictionary<string, string> Settings(string connectionString) =>
        new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portfolio"] = new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxPoolSize = 10,
                Timeout = 5,
            }.ConnectionString,
            ["Polygon:BaseUrl"] = "http://127.0.0.1:9",
            ["Polygon:ApiKey"] = "key",
            ["Serilog:MinimumLevel:Default"] = "Error",
            ["Limits:Read:Tokens"] = "1000000",
            ["Limits:Write:Tokens"] = "1000000",
        };

    /// <summary>Clients that write and read without rest.</summary>
    private sealed class Load(Api api)
    {
        private volatile bool over;
        private int succeeded;
        private int refused;

        public ConcurrentBag<string> Acknowledged { get; } = [];

        /// <summary>What is neither success nor a clear refusal.</summary>
        public ConcurrentBag<string> Odd { get; } = [];

        public int Refused => refused;

        public bool IsOver
        {
            set => over = value;
        }

        private string phase = "at first";

        public void Note(string next) => phase = next;

        public async Task Run(int client)
        {
            for (var i = 0; !over; i++)
            {
                var answer =
                    i % 2 == 0
                        ? await api.Post("customers", new { name = "Load", email = $"load-{client}-{i}@example.com" })
                        : await api.Get("customers?limit=5");
                if (answer.Status is 200 or 201)
                {
                    Interlocked.Increment(ref succeeded);
                    if (answer.Status is 201)
                        Acknowledged.Add(answer.Text("id")!);
                }
                else if (answer.Status is 503 && answer.Headers.ContainsKey("Retry-After") && answer.Text("code") is { } code)
                {
                    Interlocked.Increment(ref refused);
                    if (code is not ("service.unavailable" or "service.busy"))
                        Odd.Add(answer.Body);
                    await Task.Delay(20);
                }
                else
                    Odd.Add($"{phase}: {answer.Status} {answer.Body}");
            }
        }

        /// <summary>Until every second one of so many requests succeeds.</summary>
        public async Task Goes()
        {
            var (before, limit) = (succeeded, Stopwatch.StartNew());
            while (succeeded < before + Clients)
                await Wait(limit);
        }

        public async Task Fails()
        {
            var (before, limit) = (refused, Stopwatch.StartNew());
            while (refused < before + Clients)
                await Wait(limit);
        }

        private async Task Wait(Stopwatch limit)
        {
            if (limit.Elapsed > TimeSpan.FromSeconds(90))
                throw new TimeoutException($"{phase}: {succeeded} succeeded, {refused} refused, {Odd.Count} odd: {Odd.FirstOrDefault()}");
            await Task.Delay(10);
        }
    }
}
