using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>A ticker passes to another stock while something else goes on.</summary>
/// <remarks>Each has an app of its own: the whole market is asked for, which would rename the stocks of other tests.</remarks>
public sealed class SymbolsMeanwhileTests : IAsyncLifetime
{
    private readonly OddMarketTests.App app = new();

    private static readonly DateOnly Monday = new(2025, 3, 10);
    private static readonly DateOnly Tuesday = Monday.AddDays(1);

    public Task InitializeAsync() => ((IAsyncLifetime)app).InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)app).DisposeAsync();

    [Fact]
    public async Task What_a_job_stores_after_another_one_renamed_goes_to_the_stock_that_bears_the_ticker_now()
    {
        var (_, young, former, nameless) = await app.RenamedBehindTheBack();
        var (listing, history) = (app.Odd.Listing, app.Odd.History);
        (app.Odd.Listing, app.Odd.History) = (null, []);
        var other = Unique.Ticker();
        // Newest first: when Monday is asked for, the job knows the symbols from Tuesday.
        app.Odd.SessionRows = async day =>
        {
            if (day == Monday)
            {
                for (var wait = 0; wait < 300 && !(await Closes(nameless)).Contains(12m); wait++)
                    await Task.Delay(100);
                (app.Odd.Listing, app.Odd.History) = (listing, history);
                await app.PopulateAnew("2025-03-03", "2025-03-07", young);
            }
            return [Flat(young, day), Flat(other, day)];
        };

        var job = (await app.Api.Post("stocks/population", new { from = Monday, to = Tuesday })).Is(202).Text("id")!;
        (await app.Api.WaitForJob(job)).Text("status").Should().Be("succeeded");

        app.Odd.SessionRows = _ => Task.FromResult<IReadOnlyList<TickerBar>>([]);
        (await app.StockId(young)).Should().Be(former);
        (await Closes(former)).Should().Equal(10m, 10m, 11m, 11m, 12m, 12m);
        (await Closes(await app.StockId(other))).Should().Equal(12m, 12m);
        (await app.Api.Get($"stocks/{nameless}")).Is(404);
    }

    [Fact]
    public async Task What_was_asked_for_all_before_a_ticker_was_learnt_is_asked_again_for_it()
    {
        var (_, young, former) = await app.Renamed(11);
        var (listing, history) = (app.Odd.Listing, app.Odd.History);
        (app.Odd.Listing, app.Odd.History) = (null, []);
        app.Odd.SplitRows = [new ProviderSplit(young, new DateOnly(2025, 3, 6), 10, 11)];
        var all = (await app.Api.Post("stocks/population", new { from = "2025-03-03", to = "2025-03-07" })).Is(202).Text("id")!;
        (await app.Api.All($"jobs/{(await app.Api.WaitForJob(all)).Text("id")}/items")).Of("splits").Text("rowsRejected").Should().Be("1");
        app.Clock.Set(TestClock.Tuesday.AddDays(1));
        (app.Odd.ListingRows, app.Odd.History) = ([listing!], history);
        await app.Api.WaitForJob((await app.Api.Post("stocks/universe")).Is(202).Text("id")!);
        (await app.StockId(young)).Should().Be(former);

        await app.Populate("2025-03-03", "2025-03-07", young);

        (app.Odd.ListingRows, app.Odd.SplitRows) = ([], []);
        (await app.Api.Get($"stocks/{former}/actions")).At("splits").EnumerateArray().Texts("executionDate").Should().Equal("2025-03-06");
    }

    private async Task<List<decimal?>> Closes(string stock) =>
        [
            .. (await app.Api.Get($"stocks/{stock}/prices?from=2025-03-01&to=2025-03-31"))
                .At("prices")
                .EnumerateArray()
                .Select(price => price.Exact("close")),
        ];

    private static TickerBar Flat(string ticker, DateOnly day) => new(ticker, new Bar(day, 12, 12, 12, 12, 100));
}
