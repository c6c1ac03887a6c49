using System.Diagnostics.Metrics;
using System.Globalization;

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

    /// <summary>Instruments of one application.</summary>
    public PopulationMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _prices = _meter.CreateCounter<long>("population.prices.stored", "{row}", "Daily prices that were new or changed.");
        _calls = _meter.CreateCounter<long>("population.provider.calls", "{call}", "HTTP attempts at the provider, by status.");
        _waits = _meter.CreateCounter<long>("population.provider.waits", "{wait}", "Times that the provider's rate limit was waited out.");
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

    /// <summary>The rate limit was reached.</summary>
    public void Waited() => _waits.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
