using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>
/// One portfolio through the real spring and summer of 2015, populated day by day. Actavis (ACT) becomes Allergan (AGN) on 15 June;
/// Lorillard (LO) is last traded on 9 June; Netflix (NFLX) splits 7 for 1 on 15 July, and the data tell the same split for the day before,
/// on which it opened where it had closed. Closes are those of the files.
/// </summary>
public sealed class RealActionsTests : IAsyncLifetime
{
    private static readonly (string Day, decimal Quantity, decimal Value)[] NetflixDays =
    [
        ("2015-07-10", 10m, 6806.0m), // 10 at 680.6
        ("2015-07-13", 10m, 7076.10m), // 10 at 707.61
        ("2015-07-14", 10m, 7026.0m), // 10 at 702.6
        ("2015-07-15", 70m, 6869.10m), // 70 at 98.13
        ("2015-07-16", 70m, 8106.70m), // 70 at 115.81
        ("2015-07-17", 70m, 8033.90m), // 70 at 114.77
    ];

    private TestApp app = null!;

    public async Task InitializeAsync()
    {
        if (MarketDataFactAttribute.Runs)
            app = await TestApp.Start(
                new TestAppOptions
                {
                    Market = new SimulatorOptions
                    {
                        DataFolder = Checkout.MarketData,
                        DataPrefix = "us_selected",
                        Renames = [new Rename("ACT", "AGN", new DateOnly(2015, 6, 15))],
                    },
                }
            );
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }

    [MarketDataFact]
    public async Task A_rename_a_delisting_and_a_split_told_twice_leave_a_portfolio_right_on_every_day()
    {
        await Populate("2015-04-01", "2015-04-02");
        var (act, lo, nflx) = (await Stock("ACT"), await Stock("LO"), await Stock("NFLX"));
        var id = await app.Portfolio();
        await app.Buy(id, act, "2015-04-01", "10", "298");
        await app.Buy(id, lo, "2015-04-01", "5", "65");
        await app.Buy(id, nflx, "2015-04-02", "10", "413");

        await Populate("2015-06-08", "2015-06-12");
        (await Held(id, act, "2015-06-12")).Should().Be((10m, 2989.80m));
        await Populate("2015-06-15", "2015-06-22"); // listings are read again after a week
        (await Stock("AGN")).Id.Should().Be(act.Id);
        (await Held(id, act, "2015-06-15")).Should().Be((10m, 3013.50m));

        foreach (var (day, quantity, value) in NetflixDays)
        {
            await Populate(day, day);
            (await Held(id, nflx, day)).Should().Be((quantity, value), day);
            (await Held(id, nflx, "2015-07-09")).Quantity.Should().Be(10m, "{0} changes nothing before", day);
        }

        var conflict = (await app.Api.All("market-data/split-conflicts")).Should().ContainSingle().Which;
        (conflict.Text("ticker"), conflict.Text("executionDate"), conflict.Text("verdict")).Should().Be(("NFLX", "2015-07-14", "conflict"));
        (await Held(id, act, "2015-07-17")).Quantity.Should().Be(10m);
        var (ended, renamed) = (await app.Api.Get($"stocks/{lo.Id}"), await app.Api.Get($"stocks/{act.Id}"));
        (ended.At("active").GetBoolean(), ended.Text("delistedOn")).Should().Be((false, "2015-06-10"));
        (renamed.At("active").GetBoolean(), renamed.Text("ticker"), renamed.Text("delistedOn")).Should().Be((true, "AGN", null));
    }

    private async Task<TestStock> Stock(string ticker) => new(await app.StockId(ticker), ticker);

    private async Task<(decimal? Quantity, decimal? Value)> Held(string id, TestStock stock, string day)
    {
        var holdings = (await app.Api.Get($"portfolios/{id}/holdings?asOf={day}")).Is(200).At("holdings").EnumerateArray();
        var own = holdings.Single(holding => holding.Text("stockId") == stock.Id);
        return (own.Exact("quantity"), own.Exact("value"));
    }

    // On the morning after the last session.
    private async Task Populate(string from, string to)
    {
        var today = DateOnly.Parse(to, null).AddDays(1);
        app.Market.Now = TestClock.NoonOf(today);
        app.Clock.Set(today);
        var job = await app.Api.WaitForJob((await app.Api.Post("stocks/population", new { from, to })).Is(202).Text("id")!);
        job.Text("status").Should().Be("succeeded", "the job is {0}", job.Body);
    }
}
