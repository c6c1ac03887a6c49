using System.Collections.Concurrent;
using CleanPortfolio.Application;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.PolygonSimulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Infrastructure.Tests.Polygon;

/// <summary>The program's way to the provider and nothing else of it.</summary>
internal sealed class Client : IAsyncDisposable
{
    public static readonly DateOnly Monday = new(2017, 1, 9);
    public static readonly DateOnly Friday = new(2017, 1, 13);

    // One for all: each client has a key of its own, and so a budget of its own.
    private static readonly Lazy<Task<string>> Database = new(async () => await (await TestCluster.Current).NewDatabase());

    public static Task<string> SharedDatabase => Database.Value;

    private readonly Dictionary<string, string?> settings;
    private ServiceProvider? services;
    private AsyncServiceScope scope;

    public Client(Uri provider, params (string Key, string Value)[] settings)
    {
        this.settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Polygon:BaseUrl"] = provider.ToString(),
            ["Polygon:ApiKey"] = ApiKey,
            ["Polygon:CallsPerMinute"] = "0",
            ["Polygon:Minute"] = "00:00:00.020",
            ["Polygon:OutagePause"] = "00:00:00.020",
            ["Polygon:RetryDelay"] = "00:00:00.005",
        };
        foreach (var (key, value) in settings)
            this.settings[$"Polygon:{key}"] = value;
    }

    public string ApiKey { get; } = $"secret-key-of-{Guid.NewGuid():N}";

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Asked by a call that waits.</summary>
    public bool Cancelled { get; set; }

    public ProviderCalls Calls { get; private set; } = Listener();

    /// <summary>Instants until which the client said that it waits.</summary>
    public List<DateTimeOffset> Waits { get; } = [];

    public static Client Of(Simulator simulator, params (string Key, string Value)[] settings) => new(simulator.BaseAddress, settings);

    public Task<T> Ask<T>(Func<IMarketData, CancellationToken, Task<T>> question)
    {
        Calls = new ProviderCalls(
            until =>
            {
                Waits.Add(until);
                return Task.CompletedTask;
            },
            () => Task.CompletedTask,
            _ => Task.FromResult(Cancelled)
        );
        return Calls.Listen(async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return await question((await Services()).GetRequiredService<IMarketData>(), limit.Token);
        });
    }

    /// <summary>Uses another database than all others.</summary>
    public void Use(string connectionString) => settings["ConnectionStrings:Portfolio"] = connectionString;

    /// <summary>How its budget stands.</summary>
    public async Task<BudgetState> Budget() => await (await Services()).GetRequiredService<IProviderBudget>().State(default);

    /// <summary>Before which it gives way.</summary>
    public async Task<RightOfWay> RightOfWay() => (await Services()).GetRequiredService<RightOfWay>();

    /// <summary>Bars of that week.</summary>
    public Task<Rows<Domain.Stocks.Bar>> Week(string ticker = "AAPL") => Ask((market, stop) => market.Bars(ticker, Monday, Friday, stop));

    /// <summary>Asserts that the provider's refusal gets this reason, one of <see cref="ItemReasons"/>.</summary>
    public async Task<MarketDataRefused> IsRefused(string reason, Func<Task>? question = null)
    {
        var refusal = (await (question ?? (() => Week())).Should().ThrowAsync<MarketDataRefused>()).Which;
        refusal.Reason.Should().Be(reason, "it says {0}", refusal.Message);
        return refusal;
    }

    public async ValueTask DisposeAsync()
    {
        if (services is null)
            return;
        await scope.DisposeAsync();
        await services.DisposeAsync();
    }

    private async Task<IServiceProvider> Services()
    {
        if (services is null)
        {
            settings.TryAdd("ConnectionStrings:Portfolio", await Database.Value);
            services = new ServiceCollection()
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Capture(Log)))
                .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .BuildServiceProvider();
            scope = services.CreateAsyncScope();
        }
        return scope.ServiceProvider;
    }

    private static ProviderCalls Listener() => new(_ => Task.CompletedTask, () => Task.CompletedTask);

    private sealed class Capture(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue(state.ToString()!);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // nothing is held
        }
    }
}
