using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>The program with 130 real stocks of two years, populated once for all tests.</summary>
public sealed class RealMarket : IAsyncLifetime
{
    private const string Set = "us_selected";
    private const string Years = "2015_2017";

    internal static DateOnly From { get; } = new(2015, 3, 20);

    internal static DateOnly To { get; } = new(2017, 3, 31);

    internal CsvMarket Files { get; private set; } = null!;

    internal TestApp App { get; private set; } = null!;

    internal Answer Job { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (!MarketDataFactAttribute.Runs)
            return;
        Files = new CsvMarket(Checkout.MarketData, Set, Years);
        App = await TestApp.Start(
            new TestAppOptions
            {
                Market = new SimulatorOptions
                {
                    DataFolder = Checkout.MarketData,
                    DataPrefix = Set,
                    Now = TestClock.NoonOf(To.AddDays(1)),
                },
            }
        );
        var started = await App.Api.Post(
            "stocks/population",
            new
            {
                from = From,
                to = To,
                tickers = Files.Tickers,
            }
        );
        Job = await App.Api.WaitForJob(started.Is(202).Text("id")!, seconds: 180);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (App is not null)
            await App.DisposeAsync();
    }
}

/// <summary>Shares <see cref="RealMarket"/>.</summary>
[CollectionDefinition(Name)]
public sealed class RealMarketTests : ICollectionFixture<RealMarket>
{
    /// <summary>Of the collection.</summary>
    public const string Name = "real market";
}
