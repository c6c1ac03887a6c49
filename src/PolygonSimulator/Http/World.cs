using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.PolygonSimulator.Gate;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Http;

/// <summary>What all requests share.</summary>
internal sealed class World(Market market, SimulatorOptions options, DateTimeOffset? now)
{
    long pinned = now?.UtcTicks ?? 0;

    public Market Market => market;

    public FaultScript Faults { get; } = new();

    public CallLog Calls { get; } = new();

    public KeyRing Keys { get; } = new(options);

    public TimeProvider Clock => options.Clock;

    /// <summary>Simulated time: stands still once set, follows the clock otherwise.</summary>
    public DateTimeOffset Now
    {
        get => Interlocked.Read(ref pinned) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : options.Clock.GetUtcNow();
        set => Interlocked.Exchange(ref pinned, value.UtcTicks);
    }
}
