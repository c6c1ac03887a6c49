using CleanPortfolio.PolygonSimulator;
using Hangfire;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace CleanPortfolio.Testing;

/// <summary>How a <see cref="TestApp"/> is to be.</summary>
public sealed record TestAppOptions
{
    /// <summary>Workers of the queue, default 4; 0 leaves every job queued.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>The database of another app, to run a second server on it; one of its own if null.</summary>
    public TestApp? On { get; init; }

    /// <summary>Environment, default "Testing": nothing embedded, no seed.</summary>
    public string Environment { get; init; } = "Testing";

    /// <summary>Least level that is logged.</summary>
    public string LogLevel { get; init; } = "Warning";

    /// <summary>The market behind the API; its time is that of <see cref="TestClock.Tuesday"/> unless it says otherwise.</summary>
    public SimulatorOptions Market { get; init; } = new();

    /// <summary>Further settings, by configuration key; they win.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Replaces services.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };
}

/// <summary>
/// The whole program on real Kestrel, real PostgreSQL and a simulated market, in this process. Starting takes about a second: share one
/// per collection (<c>ICollectionFixture&lt;TestApp&gt;</c>) and give each test data of its own.
/// </summary>
public class TestApp : IAsyncLifetime
{
    // Hangfire keeps the storage in a static: while one app takes its own, no other may start.
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly TestAppOptions options;
    private Factory? factory;
    private Uri? address;

    /// <summary>With the usual options.</summary>
    public TestApp()
        : this(new TestAppOptions()) { }

    /// <summary>With special ones.</summary>
    protected TestApp(TestAppOptions options) => this.options = options;

    /// <summary>Calls its API as a program that may do all that a key can; other callers are made by <see cref="Credentials"/>.</summary>
    public Api Api { get; private set; } = null!;

    /// <summary>The market behind it.</summary>
    public Simulator Market { get; private set; } = null!;

    /// <summary>Its clock.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>Its key for the market: unlike any other text.</summary>
    public string ApiKey { get; } = $"key-{Guid.NewGuid():N}";

    /// <summary>Its database, as the owner of the tables.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Its database, as the role that it runs as.</summary>
    public string ServiceConnectionString { get; private set; } = "";

    /// <summary>Its services.</summary>
    public IServiceProvider Services => factory!.Services;

    /// <summary>A running one; to be disposed of by whoever starts it.</summary>
    public static async Task<TestApp> Start(TestAppOptions options)
    {
        var app = new TestApp(options);
        await app.InitializeAsync();
        return app;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        ConnectionString = options.On?.ConnectionString ?? await (await TestCluster.Current).NewDatabase();
        ServiceConnectionString = (await TestCluster.Current).ForService(ConnectionString);
        Market = await Simulator.Start(
            options.Market with
            {
                Now = options.Market.Now ?? TestClock.NoonOf(TestClock.Tuesday),
            },
            CancellationToken.None
        );
        await Turn.WaitAsync();
        try
        {
            factory = new Factory(this);
            factory.UseKestrel(0);
            factory.StartServer();
            _ = Services.GetRequiredService<JobStorage>();
        }
        finally
        {
            Turn.Release();
        }
        using (var client = factory.CreateClient())
            address = client.BaseAddress;
        Api = With(http => http.ShowKey());
    }

    /// <summary>Calls its API by a client that shows something else.</summary>
    public Api With(Action<HttpClient> show)
    {
        // The factory's own clients keep cookies and follow redirects when the server is a real one, whatever its options say.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        show(http);
        return new Api(http);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (factory is not null)
            await factory.DisposeAsync();
        if (Market is not null)
            await Market.DisposeAsync();
        if (ConnectionString.Length > 0 && options.On is null)
            await (await TestCluster.Current).Drop(ConnectionString);
        GC.SuppressFinalize(this);
    }

    private Dictionary<string, string> AllSettings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portfolio"] = ServiceConnectionString,
            ["Polygon:BaseUrl"] = Market.BaseAddress.ToString(),
            ["Polygon:ApiKey"] = ApiKey,
            ["Polygon:CallsPerMinute"] = "0",
            ["Polygon:Minute"] = "00:00:00.050",
            ["Polygon:OutagePause"] = "00:00:00.050",
            ["Polygon:RetryDelay"] = "00:00:00.010",
            ["Polygon:AttemptTimeout"] = "00:00:05",
            ["Jobs:Workers"] = options.Workers.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Jobs:PollInterval"] = "00:00:00.050",
            ["Serilog:MinimumLevel:Default"] = options.LogLevel,
            ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = options.LogLevel,
        };
        // All tests of an app are one caller, who is in more of a hurry than any other.
        foreach (var quota in (string[])["Read", "Write", "Compute", "Bulk", "SignIn", "SignInSubject"])
            settings[$"Limits:{quota}:Tokens"] = "1000000";
        foreach (var (key, value) in Credentials.Settings.Concat(options.Settings))
            settings[key] = value;
        return settings;
    }

    private sealed class Factory(TestApp app) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(app.options.Environment);
            foreach (var (key, value) in app.AllSettings())
                builder.UseSetting(key, value);
            builder.ConfigureTestServices(services =>
            {
                services.RemoveAll<TimeProvider>().AddSingleton<TimeProvider>(app.Clock);
                app.options.Services(services);
            });
        }
    }
}
