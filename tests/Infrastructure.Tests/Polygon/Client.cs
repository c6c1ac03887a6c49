using System.Collections.Concurrent;
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
    public const string ApiKey = "secret-key-of-the-test";
    public static readonly DateOnly Monday = new(2017, 1, 9);
    public static readonly DateOnly Friday = new(2017, 1, 13);

    private readonly ServiceProvider services;
    private readonly AsyncServiceScope scope;

    public Client(Uri provider, TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Polygon:BaseUrl"] = provider.ToString(),
            ["Polygon:ApiKey"] = ApiKey,
            ["Polygon:RetryDelay"] = "00:00:00.005",
            ["Polygon:RateLimitWait"] = "00:00:00.020",
        };
        foreach (var (key, value) in settings)
            all[$"Polygon:{key}"] = value;
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Capture(Log)))
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        if (clock is not null)
            collection.AddSingleton(clock);
        services = collection.BuildServiceProvider();
        scope = services.CreateAsyncScope();
    }

    public ConcurrentQueue<string> Log { get; } = new();

    public ProviderCalls Calls { get; private set; } = Listener();

    /// <summary>Instants until which the client said that it waits.</summary>
    public List<DateTimeOffset> Waits { get; } = [];

    public static Client Of(Simulator simulator, params (string Key, string Value)[] settings) =>
        new(simulator.BaseAddress, null, settings);

    public Task<T> Ask<T>(Func<IMarketData, CancellationToken, Task<T>> question)
    {
        Calls = new ProviderCalls(
            until =>
            {
                Waits.Add(until);
                return Task.CompletedTask;
            },
            () => Task.CompletedTask
        );
        return Calls.Listen(async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await question(scope.ServiceProvider.GetRequiredService<IMarketData>(), limit.Token);
        });
    }

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
        await scope.DisposeAsync();
        await services.DisposeAsync();
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
