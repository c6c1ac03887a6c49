using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Population;

/// <summary>A provider that says what the simulator never would.</summary>
public sealed class OddMarketTests(OddMarketTests.App app) : IClassFixture<OddMarketTests.App>
{
    private static readonly DateOnly Monday = new(2025, 3, 3);

    [Fact]
    public async Task Of_two_splits_on_one_day_one_is_applied_and_the_other_told()
    {
        var ticker = Unique.Ticker();
        app.Odd.Listing = ListingOf(ticker, "BBG-A");
        app.Odd.SplitRows =
        [
            new ProviderSplit(ticker, Monday, 1, 2),
            new ProviderSplit(ticker, Monday, 2, 4), // the same in other words
            new ProviderSplit(ticker, Monday, 1, 3),
        ];

        var job = await app.Populate("2025-03-03", "2025-03-07", ticker);

        (await app.Api.All($"jobs/{job.Text("id")}/items")).Of(ticker).Text("status").Should().Be("succeeded");
        (await app.Api.All($"market-data/split-conflicts?stockId={await app.StockId(ticker)}"))
            .Select(row => (row.Text("from"), row.Text("to"), row.Text("verdict"), row.Text("reason")))
            .Should()
            .BeEquivalentTo([("2", "4", "duplicate", "sameSplit"), ("1", "3", "conflict", "otherRatioThatDay")]);
        var splits = (await app.Api.Get($"stocks/{await app.StockId(ticker)}/actions")).At("splits").EnumerateArray().ToList();
        splits.Select(split => (split.Exact("from"), split.Exact("to"))).Should().Equal((1m, 2m));
    }

    [Fact]
    public async Task What_is_dated_before_a_listing_goes_to_the_stock_that_bore_the_ticker_then()
    {
        var ticker = Unique.Ticker();
        app.Odd.Listing = ListingOf(ticker, "BBG-FORMER", new DateOnly(2010, 1, 4));
        app.Odd.BarRows = [Flat(Monday, 5)];
        await app.Populate("2025-03-03", "2025-03-03", ticker);
        var former = await app.StockId(ticker);

        // A new company of that ticker is listed on Wednesday; the provider tells the whole week under it.
        app.Odd.Listing = ListingOf(ticker, "BBG-NEW", Monday.AddDays(2));
        app.Odd.BarRows = [Flat(Monday, 5), Flat(Monday.AddDays(1), 2.6m), Flat(Monday.AddDays(2), 80), Flat(Monday.AddDays(3), 81)];
        app.Odd.SplitRows = [new ProviderSplit(ticker, Monday.AddDays(1), 1, 2)];
        await app.PopulateAnew("2025-03-03", "2025-03-07", ticker);
        app.Odd.SplitRows = [];

        (await app.StockId(ticker)).Should().NotBe(former);
        (await Closes(former)).Should().Equal(5m, 2.6m);
        (await Closes(await app.StockId(ticker))).Should().Equal(80m, 81m);
        (await app.Api.Get($"stocks/{former}/actions")).At("splits").GetArrayLength().Should().Be(1);
    }

    private async Task<IEnumerable<decimal?>> Closes(string stock) =>
        (await app.Api.Get($"stocks/{stock}/prices?from=2025-03-01&to=2025-03-31"))
            .At("prices")
            .EnumerateArray()
            .Select(price => price.Exact("close"));

    private static Listing ListingOf(string ticker, string figi, DateOnly? listedOn = null) =>
        new(ticker, "Odd Company", "XNYS", Currency.Usd, "CS", $"{figi}-{ticker}", Active: true, listedOn, null);

    private static Bar Flat(DateOnly day, decimal price) => new(day, price, price, price, price, 100);

    public sealed class App : TestApp
    {
        public App()
            : this(new Market()) { }

        private App(Market odd)
            : base(new TestAppOptions { Services = services => services.AddSingleton<IMarketData>(odd) }) => Odd = odd;

        internal Market Odd { get; }

        /// <summary>A stock with two closes of 10 on Monday and Tuesday, whose FIGI bears another ticker from Wednesday on.</summary>
        internal async Task<(string Old, string Young, string Id)> Renamed(decimal price)
        {
            var (old, young, wednesday) = (Unique.Ticker(), Unique.Ticker(), Monday.AddDays(2));
            Odd.Listing = ListingOf(old);
            Odd.BarsOf[old] = [Flat(Monday, 10), Flat(Monday.AddDays(1), 10)];
            Odd.BarsOf[young] = [Flat(wednesday, price), Flat(wednesday.AddDays(1), price)];
            (await this.Populate("2025-03-03", "2025-03-07", old)).Text("status").Should().Be("succeeded");
            Odd.Listing = ListingOf(young);
            Odd.History = [new TickerSince(old, new DateOnly(2010, 1, 4)), new TickerSince(young, wednesday)];
            return (old, young, await this.StockId(old));

            Listing ListingOf(string ticker) => new(ticker, "Odd Company", "XNYS", Currency.Usd, "CS", old, Active: true, null, null);
        }

        /// <summary>The same, when the young ticker had prices before it had a listing: they are those of a stock of its own.</summary>
        internal async Task<(string Old, string Young, string Id, string Nameless)> RenamedBehindTheBack()
        {
            var (old, young, former) = await Renamed(11);
            (var listing, Odd.Listing) = (Odd.Listing, null);
            await this.Populate("2025-03-03", "2025-03-07", young);
            Odd.Listing = listing;
            var nameless = await this.StockId(young);
            nameless.Should().NotBe(former);
            return (old, young, former, nameless);
        }
    }

    internal sealed class Market : IMarketData
    {
        public Listing? Listing { get; set; }

        public IReadOnlyList<TickerSince> History { get; set; } = [];

        public IReadOnlyList<Bar> BarRows { get; set; } = [Flat(Monday, 10)];

        public Dictionary<string, IReadOnlyList<Bar>> BarsOf { get; } = new(StringComparer.Ordinal);

        public IReadOnlyList<ProviderSplit> SplitRows { get; set; } = [];

        public IReadOnlyList<Listing> ListingRows { get; set; } = [];

        public Func<DateOnly, Task<IReadOnlyList<TickerBar>>> SessionRows { get; set; } =
            _ => Task.FromResult<IReadOnlyList<TickerBar>>([]);

        public Task<Listing?> FindListing(string ticker, bool delistedFirst, CancellationToken cancellationToken) =>
            Task.FromResult(Listing);

        public Task<Rows<Listing>> Listings(bool active, CancellationToken cancellationToken) => Good<Listing>(active ? ListingRows : []);

        public Task<IReadOnlyList<TickerSince>> TickerHistory(string id, CancellationToken cancellationToken) => Task.FromResult(History);

        public Task<Rows<Bar>> Bars(string ticker, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
            Good<Bar>([.. (BarsOf.GetValueOrDefault(ticker) ?? BarRows).Where(bar => bar.Date >= from && bar.Date <= to)]);

        public async Task<Rows<TickerBar>> SessionBars(DateOnly session, CancellationToken cancellationToken) =>
            new(await SessionRows(session), []);

        public Task<Rows<ProviderSplit>> Splits(
            IReadOnlyList<string>? tickers,
            DateOnly from,
            DateOnly to,
            CancellationToken cancellationToken
        ) => Good(SplitRows);

        public Task<Rows<ProviderDividend>> Dividends(
            IReadOnlyList<string>? tickers,
            DateOnly from,
            DateOnly to,
            CancellationToken cancellationToken
        ) => Good<ProviderDividend>([]);

        public Task<Rows<ExchangeRate>> Rates(
            Currency @base,
            Currency quote,
            DateOnly from,
            DateOnly to,
            CancellationToken cancellationToken
        ) => Good<ExchangeRate>([]);

        private static Task<Rows<T>> Good<T>(IReadOnlyList<T> rows) => Task.FromResult(new Rows<T>(rows, []));
    }
}
