using System.Collections.Concurrent;
using CleanPortfolio.PolygonSimulator.Endpoints;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Markets.Files;
using CleanPortfolio.PolygonSimulator.Markets.MadeUp;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator;

/// <summary>A running stand-in for the Polygon.io REST API. Dispose to stop it.</summary>
public sealed class Simulator : IAsyncDisposable
{
    // The future of the made-up market is drawn too, so that a process may run for years; the clock hides it.
    const int YearsAhead = 3;

    static readonly ConcurrentDictionary<int, Market> MadeUp = new();

    readonly WebApplication host;
    readonly World simulated;

    Simulator(WebApplication host, World simulated) => (this.host, this.simulated) = (host, simulated);

    /// <summary>Where it listens.</summary>
    public Uri BaseAddress => new(host.Urls.First());

    /// <summary>The latest 20,000 calls, oldest first.</summary>
    public IReadOnlyList<ObservedCall> Calls => simulated.Calls.Calls;

    /// <summary>Simulated time; setting it makes it stand still there.</summary>
    public DateTimeOffset Now
    {
        get => simulated.Now;
        set => simulated.Now = value;
    }

    internal Market Market => simulated.Market;

    /// <summary>Loads the market and starts to listen.</summary>
    /// <exception cref="DirectoryNotFoundException">The data folder does not exist.</exception>
    /// <exception cref="InvalidDataException">The data folder holds no prices, several sets of them, or a line that cannot be read.</exception>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<Simulator> Start(SimulatorOptions options, CancellationToken cancellationToken)
    {
        var market = await Task.Run(() => Load(options, cancellationToken), cancellationToken);
        var world = new World(market, options, options.Now ?? (options.DataFolder is null ? null : NoonAfter(market)));
        foreach (var fault in options.Faults)
            world.Faults.Add(fault);
        var app = Build(options);
        Routes.Map(app, world);
        await app.StartAsync(cancellationToken);
        return new Simulator(app, world);
    }

    /// <summary>Adds a fault to those in force.</summary>
    /// <exception cref="ArgumentException">A recycled ticker without ticker or date.</exception>
    public void Add(Fault fault) => simulated.Faults.Add(fault);

    /// <summary>Ends all faults.</summary>
    public void ClearFaults() => simulated.Faults.Clear();

    /// <summary>Forgets the calls observed so far.</summary>
    public void ClearCalls() => simulated.Calls.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host.DisposeAsync();

    static Market Load(SimulatorOptions options, CancellationToken cancellationToken)
    {
        if (options.DataFolder is not { } folder)
            return MadeUp.GetOrAdd(
                (options.Now ?? options.Clock.GetUtcNow()).Year + YearsAhead,
                through => MadeUpMarket.Create(new(through, 12, 31))
            );
        var market = MarketFolder.Load(folder, options.DataPrefix, cancellationToken, options.Renames);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // what loading needed is a multiple of what serving needs
        return market;
    }

    static DateTimeOffset NoonAfter(Market market) => NewYork.At(market.LastDay!.Value.AddDays(1), new TimeOnly(12, 0));

    static WebApplication Build(SimulatorOptions options)
    {
        // The empty builder reads neither settings files nor environment, which belong to the process that hosts this.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, NoLifetime>();
        if (options.LogToConsole)
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.Urls.Add(options.Url);
        app.UseRouting();
        return app;
    }

    // The usual lifetime takes Ctrl+C for itself, and a process that only hosts this could not be ended by it any more.
    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
