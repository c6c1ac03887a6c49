using System.Diagnostics.Metrics;
using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure.Polygon;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>What population does, for the scrape of <c>/metrics</c>.</summary>
public sealed class PopulationMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "CleanPortfolio.Population";

    private readonly Meter _meter;
    private readonly Counter<long> _prices;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _waits;
    private readonly Counter<double> _waited;

    /// <summary>Instruments of one application.</summary>
    internal PopulationMetrics(IMeterFactory factory, Func<PolygonBudget> budget)
    {
        _meter = factory.Create(MeterName);
        _prices = _meter.CreateCounter<long>("population.prices.stored", "{row}", "Daily prices that were new or changed.");
        _calls = _meter.CreateCounter<long>("population.provider.calls", "{call}", "HTTP attempts at the provider, by status.");
        _waits = _meter.CreateCounter<long>("population.provider.waits", "{wait}", "Calls that had to wait, by reason.");
        _waited = _meter.CreateCounter<double>("population.provider.waited", "s", "Seconds that calls waited, by reason.");
        // Of the key, not of this process: as the database has them, at most a second old.
        Gauge(
            "population.provider.limit",
            "{call}",
            "Calls that the key may make in a window; absent when unlimited.",
            s => s.CallsPerWindow
        );
        Gauge("population.provider.remaining", "{call}", "Calls that may be made at once; absent when unlimited.", s => s.Remaining);
        Gauge(
            "population.provider.blocked",
            "",
            "1 while every call waits after a refusal or an outage.",
            s => s.BlockedBy is null ? 0 : 1
        );
        Gauge(
            "population.provider.breaker.open",
            "",
            "1 while every call waits for the end of an outage.",
            s => s.BlockedBy is BlockReasons.Outage ? 1 : 0
        );

        void Gauge(string name, string unit, string text, Func<BudgetState, int?> of) =>
            _meter.CreateObservableGauge(
                name,
                () =>
                    budget().Glance() is { } state && of(state) is { } value
                        ? [new Measurement<int>(value)]
                        : Array.Empty<Measurement<int>>(),
                unit,
                text
            );
    }

    /// <summary>Daily prices were stored.</summary>
    public void PricesStored(long rows) => _prices.Add(rows);

    /// <summary>When the provider was last called, and its HTTP status, null when it did not answer; null before the first call.</summary>
    public (DateTimeOffset At, int? Status)? LastCall { get; private set; }

    /// <summary>An HTTP attempt was made; null when there was no answer.</summary>
    public void Called(DateTimeOffset at, int? status)
    {
        LastCall = (at, status);
        _calls.Add(1, new KeyValuePair<string, object?>("status", status?.ToString(CultureInfo.InvariantCulture) ?? "none"));
    }

    /// <summary>A call has to wait; <see cref="BlockReasons"/>, or <c>budget</c> when all calls of the window are made.</summary>
    public void WaitBegan(string reason) => _waits.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>A call waited so long, for the same reasons.</summary>
    public void Waited(string reason, TimeSpan time) => _waited.Add(time.TotalSeconds, new KeyValuePair<string, object?>("reason", reason));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
