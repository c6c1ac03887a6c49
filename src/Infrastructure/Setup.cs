using System.Data.Common;
using System.Diagnostics.Metrics;
using CleanPortfolio.Application;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Infrastructure.Access;
using CleanPortfolio.Infrastructure.Auditing;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.Jobs;
using CleanPortfolio.Infrastructure.Polygon;
using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using Refit;

namespace CleanPortfolio.Infrastructure;

/// <summary>Registers what stands behind the ports.</summary>
public static class Setup
{
    /// <summary>Name of the connection pool in metrics.</summary>
    public const string PoolName = "portfolio";

    // Waiting longer for one helps nobody; the usual 15 s would keep a request waiting for half of its time.
    private const int SecondsForConnection = 5;

    /// <summary>Database, queue and provider.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        // Needs the clock only, and both who stores and who asks the provider need it.
        services.AddSingleton<RightOfWay>();
        services.AddSingleton(provider => new PopulationMetrics(
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<PolygonBudget>
        ));
        AddDatabase(services, configuration);
        AddQueue(services, configuration);
        AccessSetup.Add(services, configuration);
        AddPolygon(services, configuration);
        return services;
    }

    /// <summary>How many jobs this process works on at once; 0: none.</summary>
    public static int WorkersOf(IConfiguration configuration) => configuration.GetValue("Jobs:Workers", 4);

    private static bool Says(string connectionString, string setting) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey(setting);

    private static void AddDatabase(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ =>
        {
            var source = new NpgsqlDataSourceBuilder(configuration.GetConnectionString("Portfolio")) { Name = PoolName };
            if (!Says(source.ConnectionString, "Timeout"))
                source.ConnectionStringBuilder.Timeout = SecondsForConnection;
            return source.Build();
        });
        services.AddDbContext<PortfolioDb>(
            (provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention()
        );
        services.TryAddSingleton<ICaller>(new TheProgram());
        services.TryAddSingleton<IPreconditions>(new Unconditionally());
        services.AddScoped<IDatabase>(provider => provider.GetRequiredService<PortfolioDb>());
        services.AddScoped<IAuditLog>(provider => provider.GetRequiredService<PortfolioDb>());
        services.AddScoped<AuditVerifier>();
        services.AddScoped<IPersonalDataStore, PersonalDataStore>();
        services.AddScoped<IImportStore, ImportStore>();
        services.AddScoped<Migrator>();
        services.AddSingleton<IPriceHistory, PriceHistory>();
        services.AddSingleton<IExchangeRates, ExchangeRates>();
        services.AddSingleton<IMarketStore, MarketStore>();
        services.AddSingleton<IMarketQuality, MarketQuality>();
        services.AddScoped<IMarketDecisions, MarketDecisions>();
        services.AddScoped<IDataVersions, DataVersions>();
        services.AddSingleton<Outcomes>().AddSingleton<IOutcomes>(provider => provider.GetRequiredService<Outcomes>());
        services.AddHostedService<OutcomePruning>();
    }

    private static void AddQueue(IServiceCollection services, IConfiguration configuration)
    {
        // Not by UseFilter: its list is one for all applications of a process, and keeps one filter of a type.
        services.AddSingleton<IJobFilterProvider>(provider => new JobFilterProviderCollection(
            GlobalJobFilters.Filters,
            new JobFilterAttributeFilterProvider(),
            new JobFilterCollection { new GiveUpJobs(provider.GetRequiredService<IServiceScopeFactory>()) }
        ));
        services.AddHangfire(
            (provider, hangfire) =>
                hangfire
                    .UseSimpleAssemblyNameTypeSerializer()
                    .UseRecommendedSerializerSettings()
                    .UsePostgreSqlStorage(
                        storage => storage.UseConnectionFactory(new SameDataSource(provider.GetRequiredService<NpgsqlDataSource>())),
                        new PostgreSqlStorageOptions
                        {
                            SchemaName = "hangfire",
                            PrepareSchemaIfNecessary = false,
                            QueuePollInterval = configuration.GetValue("Jobs:PollInterval", TimeSpan.FromSeconds(1)),
                            // The entry of a killed worker comes back after this time; a living one keeps renewing its hold.
                            InvisibilityTimeout = configuration.GetValue("Jobs:InvisibilityTimeout", TimeSpan.FromSeconds(30)),
                            UseSlidingInvisibilityTimeout = true,
                            // A lock is a row, which stays when its holder or the connection dies: schedules and retries wait for it so long.
                            DistributedLockTimeout = TimeSpan.FromMinutes(1),
                            EnableTransactionScopeEnlistment = true,
                            AllowDegradedModeWithoutStorage = false,
                        }
                    )
        );
        services.AddScoped<IJobs, HangfireJobs>();
        services.AddSingleton<IWorkClaims, WorkClaims>();
        services.AddSingleton<ISchedules, Schedules>();
        if (WorkersOf(configuration) is not (> 0 and var workers))
            return;
        services.AddHostedService<ScheduleRegistration>();
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = workers;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(5);
            server.ShutdownTimeout = TimeSpan.FromSeconds(10);
        });
    }

    private static void AddPolygon(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PolygonOptions>().Bind(configuration.GetSection(PolygonOptions.Section));
        services.AddSingleton<PolygonBudget>().AddSingleton<IProviderBudget>(provider => provider.GetRequiredService<PolygonBudget>());
        services
            .AddTransient<FollowNextUrl>()
            .AddTransient<KeepAnswers>()
            .AddTransient<Gate>()
            .AddTransient<RecordCalls>()
            .AddTransient<Authorise>();
        var client = services
            .AddRefitGeneratedClient<IPolygonApi>(
                provider => new RefitSettings(new ParseInParts(provider.GetRequiredService<RightOfWay>())),
                httpClientName: "polygon"
            )
            .ConfigureHttpClient(
                (provider, http) =>
                {
                    http.BaseAddress = provider.GetRequiredService<IOptions<PolygonOptions>>().Value.BaseUrl;
                    // Each attempt has its own limit below; waiting for the budget may take minutes.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    // Prices come from the configured host or not at all.
                    AllowAutoRedirect = false,
                    AutomaticDecompression = System.Net.DecompressionMethods.All,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                }
            )
            .AddHttpMessageHandler<FollowNextUrl>()
            .AddHttpMessageHandler<KeepAnswers>();
        // Outside in: every attempt passes the gate, and its time limit begins behind it.
        client.AddResilienceHandler("attempts", AddAttempts);
        client.AddHttpMessageHandler<Gate>();
        client.AddResilienceHandler("attempt", (attempt, context) => attempt.AddTimeout(OptionsOf(context).AttemptTimeout));
        client.AddHttpMessageHandler<Authorise>().AddHttpMessageHandler<RecordCalls>();
        services.AddScoped<IMarketData, PolygonMarketData>();
    }

    private static void AddAttempts(ResiliencePipelineBuilder<HttpResponseMessage> attempts, ResilienceHandlerContext context)
    {
        attempts.AddRetry(
            new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = OptionsOf(context).RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                // A 429 is not among them: the gate waits it out.
                ShouldHandle = arguments =>
                    ValueTask.FromResult(
                        arguments.Outcome switch
                        {
                            { Exception: { } failure } => Gate.IsPassing(failure),
                            { Result.StatusCode: var status } => Gate.IsPassing(status),
                            _ => false,
                        }
                    ),
            }
        );
    }

    private static PolygonOptions OptionsOf(ResilienceHandlerContext context) =>
        context.ServiceProvider.GetRequiredService<IOptions<PolygonOptions>>().Value;

    private sealed class SameDataSource(NpgsqlDataSource dataSource) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => dataSource.CreateConnection();
    }

    private sealed class Unconditionally : IPreconditions
    {
        public bool AreNamed => false;

        public void Require(long? version) { }
    }

    // Where nobody else says who calls: commands that run without HTTP.
    private sealed class TheProgram : ICaller
    {
        public Caller Current => Caller.System;
    }
}
