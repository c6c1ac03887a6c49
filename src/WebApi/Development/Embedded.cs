using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.LocalPostgres;
using CleanPortfolio.Infrastructure.Polygon;
using CleanPortfolio.PolygonSimulator;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace CleanPortfolio.WebApi.Development;

/// <summary>What Development brings along so that one command suffices: a private PostgreSQL and a simulated market, each unless configured.</summary>
internal sealed class Embedded : IAsyncDisposable
{
    private const string ConnectionString = "ConnectionStrings:Portfolio";
    private const string OwnerConnectionString = $"ConnectionStrings:{Migrating.Owner}";
    private const string ApiKey = $"{PolygonOptions.Section}:{nameof(PolygonOptions.ApiKey)}";
    private const string BaseUrl = $"{PolygonOptions.Section}:{nameof(PolygonOptions.BaseUrl)}";
    private const string CallsPerMinute = $"{PolygonOptions.Section}:{nameof(PolygonOptions.CallsPerMinute)}";

    private LocalPostgres? _postgres;
    private Simulator? _simulator;

    public static Embedded Nothing => new();

    /// <summary>Whether prices are made up.</summary>
    public bool SimulatesMarket => _simulator is not null;

    public static async Task<Embedded> Start(WebApplicationBuilder builder, bool databaseOnly)
    {
        var embedded = new Embedded();
        if (!builder.Environment.IsDevelopment())
            return embedded;
        await using var logger = new LoggerConfiguration().WriteTo.Console(new RenderedCompactJsonFormatter()).CreateLogger();
        var log = new SerilogLoggerFactory(logger).CreateLogger<Embedded>();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var configuration = builder.Configuration;
        if (string.IsNullOrWhiteSpace(configuration[ConnectionString]))
        {
            embedded._postgres = await LocalPostgres.Start(
                new LocalPostgresOptions
                {
                    DataFolder = configuration["Embedded:DataFolder"],
                    CacheFolder = configuration["Embedded:CacheFolder"],
                },
                log,
                giveUp.Token
            );
            configuration[OwnerConnectionString] = embedded._postgres.ConnectionString;
            configuration[ConnectionString] = await AppRole.Ensure(embedded._postgres.ConnectionString, giveUp.Token);
        }
        if (!databaseOnly && string.IsNullOrWhiteSpace(configuration[ApiKey]))
        {
            embedded._simulator = await Simulator.Start(
                new SimulatorOptions
                {
                    DataFolder = configuration["Simulator:DataFolder"],
                    DataPrefix = configuration["Simulator:DataPrefix"],
                },
                giveUp.Token
            );
            configuration[ApiKey] = "simulated";
            configuration[BaseUrl] = embedded._simulator.BaseAddress.ToString();
            configuration[CallsPerMinute] ??= "0"; // it serves any key without limit
            log.LogWarning("No Polygon:ApiKey is set: market data are SIMULATED, by {Simulator}", embedded._simulator.BaseAddress);
        }
        return embedded;
    }

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
            await _simulator.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }
}
