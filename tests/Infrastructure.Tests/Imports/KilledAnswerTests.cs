using System.Globalization;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;

namespace CleanPortfolio.Infrastructure.Tests.Imports;

/// <summary>The process is killed as soon as an effect is committed; whoever asked may or may not have got the answer, and asks again.</summary>
public sealed class KilledAnswerTests
{
    // KILLS=50 for the acceptance.
    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 3;

    [Fact]
    public async Task Who_asks_again_after_a_kill_gets_the_first_answer_and_there_is_one_effect()
    {
        var cluster = await TestCluster.Current;
        var connectionString = await cluster.NewDatabase();
        await using var market = await Simulator.Start(
            new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) },
            CancellationToken.None
        );
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portfolio"] = connectionString,
            ["Polygon:BaseUrl"] = market.BaseAddress.ToString(),
            ["Polygon:ApiKey"] = "key",
            ["Jobs:Workers"] = "0",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };
        var service = await Service.Start(settings);
        try
        {
            var path = await Ledger(service);
            for (var kill = 1; kill <= Kills; kill++)
            {
                var key = Guid.NewGuid().ToString();
                var first = Ask(service, path, key, kill);
                await Committed(connectionString, kill);
                await service.Kill();
                var seen = await Outcome(first);
                await service.DisposeAsync();
                service = await Service.Start(settings);

                var again = await Ask(service, path, key, kill);

                again.Is(201).Headers["Idempotency-Replayed"].Should().Be("true");
                if (seen is not null)
                    (again.Body, again.Location).Should().Be((seen.Body, seen.Location));
                (await service.Api.Get(again.Location!)).Body.Should().Be(again.Body);
                (await Sql.Scalar<long>(connectionString, "select count(*) from transactions")).Should().Be(kill);
            }
        }
        finally
        {
            await service.DisposeAsync();
            await cluster.Drop(connectionString);
        }
    }

    private static async Task<string> Ledger(Service service)
    {
        var customer = (await service.Api.Post("customers", new { name = "Ada", email = "ada@example.com" })).Is(201).Text("id");
        var draft = new
        {
            name = "Mine",
            currency = "USD",
            cash = "tracked",
        };
        return $"portfolios/{(await service.Api.Post($"customers/{customer}/portfolios", draft)).Is(201).Text("id")}/transactions";
    }

    private static Task<Answer> Ask(Service service, string path, string key, int amount) =>
        service.Api.Send(
            HttpMethod.Post,
            path,
            new
            {
                kind = "deposit",
                date = "2026-03-02",
                amount = amount.ToString(CultureInfo.InvariantCulture),
            },
            ("Idempotency-Key", key)
        );

    private static async Task Committed(string connectionString, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Sql.Scalar<long>(connectionString, "select count(*) from idempotency_keys") < count)
            await Task.Delay(1, limit.Token);
    }

    private static async Task<Answer?> Outcome(Task<Answer> asked)
    {
        try
        {
            return await asked;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
