using System.Text.Json;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.WebApi.Access;
using Hangfire;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CleanPortfolio.WebApi;

/// <summary>Live: the process answers. Ready: it can serve. Health: everything, with details.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void Add(IServiceCollection services) =>
        services
            .AddHealthChecks()
            .AddCheck<Limits.Stopping.Check>("stopping", tags: [Ready])
            .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
            .AddCheck<ProviderCheck>("provider", timeout: TimeSpan.FromSeconds(5))
            .AddCheck<JobsCheck>("jobs", timeout: TimeSpan.FromSeconds(5));

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write })
            .WithMetadata(Allow.Anybody);
        app.MapHealthChecks(
                "/health/ready",
                new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Write }
            )
            .WithMetadata(Allow.Anybody);
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = Write }).WithMetadata(Allow.OperateMarket);
    }

    private static Task Write(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = Text(report.Status),
                checks = report.Entries.ToDictionary(
                    entry => entry.Key,
                    entry => new
                    {
                        status = Text(entry.Value.Status),
                        // A failure names hosts and users of the database: that is for the log, not for whoever asks.
                        description = entry.Value.Exception is null ? entry.Value.Description : "It failed; the log tells why.",
                        entry.Value.Data,
                    }
                ),
            },
            JsonSerializerOptions.Web,
            context.RequestAborted
        );

    private static string Text(HealthStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private sealed class DatabaseCheck(Migrator migrator) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var pending = await migrator.Pending(cancellationToken);
            return pending.Count == 0
                ? HealthCheckResult.Healthy("Reachable, all migrations applied.")
                : HealthCheckResult.Unhealthy($"{pending.Count} migrations are not applied: run the migrate command.");
        }
    }

    /// <summary>Tells of the last call and of the budget instead of making a call: calls are scarce.</summary>
    private sealed class ProviderCheck(PopulationMetrics metrics, IProviderBudget budget) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var state = await budget.State(cancellationToken);
            var data = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["callsPerWindow"] = state.CallsPerWindow,
                ["remaining"] = state.Remaining,
                ["blockedBy"] = state.BlockedBy,
                ["blockedUntil"] = state.BlockedUntil,
            };
            var (isWell, text) = metrics.LastCall switch
            {
                null => (true, "Not called yet."),
                (var at, { } status) => (status < 500, $"Answered {status} at {at:O}."),
                (var at, null) => (false, $"Answered nothing at {at:O}."),
            };
            return new HealthCheckResult(
                isWell && state.BlockedBy is null ? HealthStatus.Healthy : HealthStatus.Degraded,
                state.BlockedBy is null ? text : $"{text} No call before {state.BlockedUntil:O}: {state.BlockedBy}.",
                data: data!
            );
        }
    }

    private sealed class JobsCheck(JobStorage storage) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var counts = storage.GetMonitoringApi().GetStatistics();
            var data = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["servers"] = counts.Servers,
                ["queued"] = counts.Enqueued,
                ["running"] = counts.Processing,
                ["failed"] = counts.Failed,
            };
            return Task.FromResult(
                counts.Servers > 0
                    ? HealthCheckResult.Healthy("Workers are there.", data)
                    : HealthCheckResult.Degraded("No worker is running.", data: data)
            );
        }
    }
}
