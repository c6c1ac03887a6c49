using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.PolygonSimulator;
using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>Days of real prices that the provider lost when they were asked for: each is reported, no other is, and a repair fills them.</summary>
public sealed class RealHolesTests
{
    private const int Seed = 20150430;
    private const int Holes = 150;
    private static readonly DateOnly From = new(2016, 5, 2);
    private static readonly DateOnly To = new(2016, 6, 30);
    private static readonly DateOnly[] Sessions = [.. UsMarketCalendar.Sessions(From, To)];

    [MarketDataFact]
    public async Task The_report_finds_exactly_the_lost_days_and_a_repair_fills_them()
    {
        var files = new CsvMarket(Checkout.MarketData, "us_selected", "2015_2017");
        var bars = files.Bars.Where(row => row.Bar.Date >= From && row.Bar.Date <= To).ToLookup(row => row.Ticker, row => row.Bar.Date);
        // What is traded from the first day to the last: of others the end is a matter of its own.
        var whole = bars.Where(own => own.Contains(From) && own.Contains(To)).Select(own => own.Key).Order(StringComparer.Ordinal).ToList();
        var ownHoles = whole.SelectMany(ticker => Sessions.Except(bars[ticker]).Select(day => (ticker, day))).ToHashSet();
        var lost = Draw(whole).Except(ownHoles).ToHashSet();
        var app = await Start();
        try
        {
            app.Clock.Set(To.AddDays(1));
            foreach (var (ticker, day) in lost)
                app.Market.Add(new Fault(FaultKind.MissingDay) { Ticker = ticker, Date = day });
            await Run(app, "stocks/population", new { from = From, to = To });
            (await Missing(app, whole)).Should().BeEquivalentTo(lost.Concat(ownHoles)).And.HaveCountGreaterThan(100);

            app.Market.ClearFaults();
            await Run(app, "market-data/repair", new { });

            (await Missing(app, whole)).Should().BeEquivalentTo(ownHoles);
            foreach (var (ticker, day) in lost)
                (await Close(app, ticker, day)).Should().Be(files.CloseOn(ticker, day));
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    // Runs of one to three sessions, the last day of the range among them; never the first, for nothing would tell that there was one.
    private static HashSet<(string, DateOnly)> Draw(List<string> tickers)
    {
        var (random, drawn) = (new Random(Seed), new HashSet<(string, DateOnly)> { (tickers[0], To), (tickers[^1], To) });
        while (drawn.Count < Holes)
        {
            var (ticker, first) = (tickers[random.Next(tickers.Count)], random.Next(1, Sessions.Length));
            drawn.UnionWith(Sessions.Skip(first).Take(random.Next(1, 4)).Select(day => (ticker, day)));
        }
        return drawn;
    }

    private static Task<TestApp> Start() =>
        TestApp.Start(
            new TestAppOptions
            {
                Market = new SimulatorOptions
                {
                    DataFolder = Checkout.MarketData,
                    DataPrefix = "us_selected",
                    Now = TestClock.NoonOf(To.AddDays(1)),
                },
            }
        );

    private static async Task Run(TestApp app, string path, object body)
    {
        var job = await app.Api.WaitForJob((await app.Api.Post(path, body)).Is(202).Text("id")!, seconds: 120);
        job.At("counts.failed").GetInt32().Should().Be(0, "the job is {0}", job.Body);
    }

    private static async Task<List<(string, DateOnly)>> Missing(TestApp app, List<string> tickers) =>
        [
            .. from item in await app.Api.All($"market-data/quality?finding=missingDays&from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}")
            where tickers.Contains(item.Text("ticker")!)
            from finding in item.At("findings").EnumerateArray()
            from day in UsMarketCalendar.Sessions(Day(finding, "from"), Day(finding, "to"))
            select (item.Text("ticker")!, day),
        ];

    private static DateOnly Day(JsonElement finding, string end) => DateOnly.Parse(finding.Text(end)!, CultureInfo.InvariantCulture);

    private static async Task<decimal?> Close(TestApp app, string ticker, DateOnly day)
    {
        var stock = (await app.Api.Get($"stocks?ticker={ticker}")).Text("items.0.id");
        return (await app.Api.Get($"stocks/{stock}/prices?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}")).Exact("prices.0.close");
    }
}
