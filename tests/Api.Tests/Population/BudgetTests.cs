using System.Diagnostics.Metrics;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>A key with five calls in ten minutes: one stock costs four.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync() =>
        app = await TestApp.Start(
            new TestAppOptions
            {
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Polygon:CallsPerMinute"] = "5",
                    ["Polygon:Minute"] = "00:10:00",
                },
            }
        );

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_job_waits_when_the_calls_are_used_up_and_can_be_cancelled_meanwhile()
    {
        await Remain(5);
        await app.Populate("2026-03-02", "2026-03-03", "KO");
        await Remain(1);
        var draft = new
        {
            from = "2026-03-02",
            to = "2026-03-03",
            tickers = new[] { "JNJ", "XOM" },
        };
        var id = (await app.Api.Post("stocks/population", draft)).Is(202).Text("id")!;
        var waiting = await app.Until(id, job => job.Text("status") == "waitingForRateLimit");
        await Remain(0);
        await app.Api.Post($"jobs/{id}/cancel");
        var over = await app.Api.WaitForJob(id);

        waiting.Text("resumesAt").Should().NotBeNull();
        over.Text("status").Should().Be("cancelled");
        over.At("counts.pending").GetInt32().Should().Be(4, "JNJ, XOM, splits and dividends");
        app.Market.Calls.Should().HaveCount(5);
    }

    [Fact]
    public async Task A_refusal_is_seen_in_health_and_metrics_and_holds_the_job_as_long_as_the_provider_said()
    {
        app.Market.Add(new Fault(FaultKind.TooManyRequests) { Times = 1, RetryAfterSeconds = 4 });
        var draft = new
        {
            from = "2026-03-02",
            to = "2026-03-03",
            tickers = new[] { "KO" },
        };
        var id = (await app.Api.Post("stocks/population", draft)).Is(202).Text("id")!;
        await app.Until(id, job => job.Text("status") == "waitingForRateLimit");

        var health = (await app.Api.Get("/health")).Is(200);
        await Task.Delay(1100);
        var metrics = Metrics();
        app.Market.Calls.Should().ContainSingle();
        var over = await app.Api.WaitForJob(id);

        (health.Text("checks.provider.status"), health.Text("checks.provider.data.blockedBy")).Should().Be(("degraded", "rateLimit"));
        health.At("checks.provider.data.callsPerWindow").GetInt32().Should().Be(5);
        metrics.Should().Contain("population.provider.blocked", 1).And.Contain("population.provider.breaker.open", 0);
        over.Text("status").Should().Be("succeeded");
        app.Market.Calls.Select(call => call.Status).Should().Equal(429, 200, 200, 200, 200);
    }

    private async Task Remain(int calls)
    {
        // What metrics show is up to a second old.
        await Task.Delay(1100);
        Metrics().Should().Contain("population.provider.limit", 5).And.Contain("population.provider.remaining", calls);
    }

    // Not by /metrics: of several programs in one process each shows all, and loses what ends with another.
    private Dictionary<string, int> Metrics()
    {
        var own = app.Services.GetRequiredService<IMeterFactory>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Scope == own && instrument.Meter.Name == PopulationMetrics.MeterName)
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
