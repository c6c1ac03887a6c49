using CleanPortfolio.Application.Pipeline;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.WebApi.Access;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Formatting.Compact;

namespace CleanPortfolio.WebApi;

/// <summary>Logs as JSON lines with trace ids, and metrics for Prometheus.</summary>
internal static class Watching
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSerilog(
            (services, logger) =>
                logger
                    .ReadFrom.Configuration(builder.Configuration)
                    .Enrich.FromLogContext()
                    .WriteTo.Console(new RenderedCompactJsonFormatter()),
            preserveStaticLogger: true
        );
        builder
            .Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(UseCases.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter("Npgsql", PopulationMetrics.MeterName)
                    .AddPrometheusExporter()
            );
    }

    public static void Use(WebApplication app)
    {
        // By default it writes to the static logger, which is silent here.
        app.UseSerilogRequestLogging(requests => requests.Logger = app.Services.GetRequiredService<Serilog.ILogger>());
        app.Services.GetRequiredService<PopulationMetrics>(); // so that the first scrape finds it
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(Allow.OperateMarket);
    }
}
