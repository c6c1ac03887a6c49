using System.Diagnostics;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>A database, a provider, and three jobs that overlap; what an operator does about them.</summary>
internal sealed class FaultyWorld : IAsyncDisposable
{
    public const string Recycled = "CNDR";
    private const int Rounds = 6;
    private static readonly string[] First = ["AAPL", "MSFT", "NVDA", "KO", "HRNP", "TSLA"];
    private static readonly string[] Second = ["NVDA", "KO", "JPM", "QLON", "PLVR", "YRRW", "C:EURUSD"];
    private readonly Dictionary<string, string> settings;

    // Not a fault but a fact: the symbol passed to somebody else.
    private readonly Fault recycled;

    private FaultyWorld(string connectionString, Simulator market, DateOnly today)
    {
        (ConnectionString, Market) = (connectionString, market);
        recycled = new Fault(FaultKind.RecycledTicker) { Ticker = Recycled, Date = today.AddDays(-14) };
        TellTheTruth();
        var yesterday = today.AddDays(-1);
        MarketFrom = today.AddDays(-28);
        Populations =
        [
            new Draft(new DateOnly(2023, 5, 1), yesterday, First),
            new Draft(From, yesterday, Second),
            new Draft(MarketFrom, yesterday, null),
        ];
        settings = new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portfolio"] = connectionString,
            ["Polygon:BaseUrl"] = market.BaseAddress.ToString(),
            ["Polygon:ApiKey"] = "key",
            ["Polygon:CallsPerMinute"] = "100",
            ["Polygon:Minute"] = "00:00:01",
            ["Polygon:AttemptTimeout"] = "00:00:01",
            ["Polygon:RetryDelay"] = "00:00:00.020",
            ["Polygon:OutagePause"] = "00:00:00.100",
            ["Polygon:BarsPerPage"] = "400",
            ["Jobs:PollInterval"] = "00:00:00.100",
            ["Jobs:InvisibilityTimeout"] = "00:00:02",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };
    }

    /// <summary>First day of all.</summary>
    public static DateOnly From { get; } = new(2021, 6, 1);

    /// <summary>Tickers that are asked for by name.</summary>
    public static IReadOnlyCollection<string> Own { get; } = [.. First.Union(Second, StringComparer.Ordinal)];

    public string ConnectionString { get; }

    public Simulator Market { get; }

    /// <summary>First day of the population of the whole market.</summary>
    public DateOnly MarketFrom { get; }

    public IReadOnlyList<Draft> Populations { get; }

    /// <summary>Every job that was started.</summary>
    public List<string> Jobs { get; } = [];

    /// <summary>Today is the day of the services, whose clock is the machine's.</summary>
    public static async Task<FaultyWorld> Set(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var market = await Simulator.Start(new SimulatorOptions { Now = now }, CancellationToken.None);
        return new FaultyWorld(await (await TestCluster.Current).NewDatabase(), market, today);
    }

    public Task<Service> Start() => Service.Start(settings);

    /// <summary>Ends all faults.</summary>
    public void TellTheTruth()
    {
        Market.ClearFaults();
        Market.Add(recycled);
    }

    public async Task Populate(Service service, bool refresh = false)
    {
        foreach (var draft in Populations)
            await Post(service, draft with { Refresh = refresh });
    }

    /// <summary>Waits until every job is over.</summary>
    public async Task Settle(Service service)
    {
        foreach (var job in Jobs)
            await service.Api.WaitForJob(job, seconds: 120);
    }

    /// <summary>Whatever can be done about what is missing or failed, until nothing is left to do.</summary>
    public async Task Mend(Service service)
    {
        await Settle(service);
        for (var round = 0; round < Rounds && await Retry(service) > 0; round++)
            await Settle(service);
        Jobs.Add((await service.Api.Post("stocks/universe")).Is(202).Text("id")!);
        await Settle(service);
        await Populate(service);
        await Settle(service);
        for (var round = 0; round < Rounds; round++)
        {
            var repair = await service.Api.Post("market-data/repair", new { });
            if (repair.Status == 422)
            {
                repair.IsProblem(422, "repair.nothingToDo");
                return;
            }
            Jobs.Add(repair.Is(202).Text("id")!);
            await Settle(service);
        }
        throw new TimeoutException("The repairs find something to do again and again.");
    }

    /// <summary>Retries all jobs that are over and did not wholly succeed; answers how many.</summary>
    public async Task<int> Retry(Service service)
    {
        var retried = 0;
        foreach (var job in Jobs)
            if ((await service.Api.Get($"jobs/{job}")).Is(200).Text("status") is "failed" or "partiallySucceeded")
            {
                (await service.Api.Post($"jobs/{job}/retry")).Is(202);
                retried++;
            }
        return retried;
    }

    /// <summary>Whether all jobs are over.</summary>
    public async Task<bool> IsIdle(Service service)
    {
        foreach (var job in Jobs)
            if ((await service.Api.Get($"jobs/{job}")).Is(200).Text("finishedAt") is null)
                return false;
        return true;
    }

    /// <summary>
    /// Asks for everything anew, whether it can have changed or not. One after the other: a crawl of the list saves the others from asking
    /// for listings one by one, which tell the day of listing.
    /// </summary>
    public async Task Refresh(Service service)
    {
        foreach (var draft in Populations)
        {
            await Post(service, draft with { Refresh = true });
            await Settle(service);
        }
    }

    /// <summary>Waits for some calls; not for ever, for a fault may silence them all.</summary>
    public async Task Calls(int calls)
    {
        Market.ClearCalls();
        for (var watch = Stopwatch.StartNew(); Market.Calls.Count < calls && watch.Elapsed < TimeSpan.FromSeconds(6); )
            await Task.Delay(5);
    }

    public async ValueTask DisposeAsync()
    {
        await Market.DisposeAsync();
        await (await TestCluster.Current).Drop(ConnectionString);
    }

    private async Task Post(Service service, Draft draft) =>
        Jobs.Add((await service.Api.Post("stocks/population", draft)).Is(202).Text("id")!);

    internal sealed record Draft(DateOnly From, DateOnly To, string[]? Tickers, bool Refresh = false);
}
