using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>
/// An orderly end: from the signal on it is not ready, for <c>Shutdown:Delay</c> it goes on serving those who have not noticed, then nobody
/// new is let in, and requests in flight have <c>Shutdown:Grace</c> to finish. Workers of the queue give their jobs back at the signal.
/// </summary>
internal sealed class Stopping(IConfiguration configuration) : IHostedLifecycleService
{
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(20);

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<Stopping>();
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = DelayIn(builder.Configuration) + builder.Configuration.GetValue("Shutdown:Grace", UsualGrace)
        );
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(DelayIn(configuration), cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static TimeSpan DelayIn(IConfiguration configuration) => configuration.GetValue("Shutdown:Delay", TimeSpan.Zero);

    /// <summary>Not ready as soon as it stops.</summary>
    public sealed class Check(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(
                lifetime.ApplicationStopping.IsCancellationRequested
                    ? HealthCheckResult.Unhealthy("It is stopping.")
                    : HealthCheckResult.Healthy("It takes requests.")
            );
    }
}
