using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.MarketData;

/// <summary>A provider that tells whatever a test says.</summary>
[CollectionDefinition(Name)]
public sealed class ToldApp : ICollectionFixture<ToldApp.App>
{
    public const string Name = nameof(ToldApp);

    public sealed class App : TestApp
    {
        public App()
            : this(new Provider()) { }

        private App(Provider provider)
            : base(new TestAppOptions { Services = services => services.AddSingleton<IMarketData>(provider) }) => Told = provider;

        internal Provider Told { get; }

        internal Company New()
        {
            var company = new Company(Unique.Ticker());
            Told.Companies[company.Ticker] = company;
            return company;
        }

        /// <summary>Fetches what is told of March 2025 and answers the stock.</summary>
        internal async Task<string> Fetch(Company company, string from = "2025-03-03", string to = "2025-03-31")
        {
            var job = await this.PopulateAnew(from, to, company.Ticker);
            job.At("counts.failed").GetInt32().Should().Be(0, job.Body);
            return await this.StockId(company.Ticker);
        }

        /// <summary>Day and close of what is stored of March 2025.</summary>
        internal async Task<List<(string? Date, decimal? Close)>> Closes(string stock)
        {
            var answer = await Api.Get($"stocks/{stock}/prices?from=2025-03-01&to=2025-03-31");
            return [.. answer.At("prices").EnumerateArray().Select(price => (price.Text("date"), price.Exact("close")))];
        }

        internal async Task<List<string?>> Splits(string stock) =>
            [
                .. (await Api.Get($"stocks/{stock}/actions"))
                    .At("splits")
                    .EnumerateArray()
                    .Select(split => $"{split.Text("executionDate")} {split.Text("from")}:{split.Text("to")}"),
            ];

        internal Task<List<JsonElement>> Quarantine(Company company) => Api.All($"market-data/quarantine?ticker={company.Ticker}");

        internal async Task<JsonElement> OnlyRow(Company company) => (await Quarantine(company)).Should().ContainSingle().Subject;

        internal Task<List<JsonElement>> Conflicts(string stock) => Api.All($"market-data/split-conflicts?stockId={stock}");

        internal async Task<List<string>> Corrections(string stock) =>
            [
                .. (await Api.All($"market-data/corrections?stockId={stock}")).Select(row =>
                    $"{row.Text("date")} {Close(row, "old")}>{Close(row, "new")} {row.Text("source")} {row.Text("by")}"
                ),
            ];

        private static string Close(JsonElement row, string side) =>
            row.At(side).ValueKind is JsonValueKind.Null ? "-" : row.Text($"{side}.close")!;
    }

    internal sealed record Company(string Ticker)
    {
        public List<Bar> Bars { get; } = [];
        public List<ProviderSplit> Splits { get; } = [];
        public List<ProviderDividend> Dividends { get; } = [];
        public List<RejectedRow> Rejected { get; } = [];

        /// <summary>Sets the flat bar of a day of March 2025.</summary>
        public Company Bar(int day, decimal price, decimal volume = 100)
        {
            var date = new DateOnly(2025, 3, day);
            Bars.RemoveAll(bar => bar.Date == date);
            Bars.Add(new Bar(date, price, price, price, price, volume));
            return this;
        }

        public Company Split(int day, decimal from, decimal to, string? id = null)
        {
            Splits.Add(new ProviderSplit(Ticker, new DateOnly(2025, 3, day), from, to, id));
            return this;
        }

        public Company Dividend(int day, decimal amount, string? id = null, string type = "CD")
        {
            Dividends.Add(new ProviderDividend(Ticker, new DateOnly(2025, 3, day), amount, Currency.Usd, type, null, null, null, id));
            return this;
        }

        /// <summary>A bar of a day of March 2025 that can't be true.</summary>
        public Company Bad(int day, string reason, decimal close, decimal high)
        {
            var content = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"open":"{{close}}","high":"{{high}}","low":"{{close}}","close":"{{close}}","volume":"5"}"""
            );
            Rejected.Add(new RejectedRow(RowKind.Bar, Ticker, new DateOnly(2025, 3, day), reason, $"2025-03-{day:00}: {reason}", content));
            return this;
        }
    }

    internal sealed class Provider : IMarketData
    {
        public ConcurrentDictionary<string, Company> Companies { get; } = new(StringComparer.Ordinal);

        /// <summary>Those whose splits and dividends are told with the whole market's.</summary>
        public IReadOnlyList<Company> WholeMarket { get; set; } = [];

        public Task<Listing?> FindListing(string ticker, bool delistedFirst, CancellationToken cancellationToken) =>
            Task.FromResult<Listing?>(
                Companies.ContainsKey(ticker)
                    ? new Listing(ticker, $"Told {ticker}", "XNYS", Currency.Usd, "CS", $"BBG-{ticker}", true, null, null)
                    : null
            );

        public Task<Rows<Listing>> Listings(bool active, CancellationToken cancellationToken) => Task.FromResult(new Rows<Listing>([], []));

        public Task<Rows<Bar>> Bars(string ticker, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
            Task.FromResult(
                new Rows<Bar>(
                    [
                        .. All([ticker])
                            .SelectMany(company => company.Bars)
                            .Where(bar => bar.Date >= from && bar.Date <= to)
                            .OrderBy(bar => bar.Date),
                    ],
                    [.. All([ticker]).SelectMany(company => company.Rejected)]
                )
            );

        public Task<Rows<TickerBar>> SessionBars(DateOnly session, CancellationToken cancellationToken) =>
            Task.FromResult(new Rows<TickerBar>([], []));

        public Task<Rows<ProviderSplit>> Splits(
            IReadOnlyList<string>? tickers,
            DateOnly from,
            DateOnly to,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                new Rows<ProviderSplit>([.. All(tickers).SelectMany(company => company.Splits).Where(s => s.ExecutionDate <= to)], [])
            );

        public Task<Rows<ProviderDividend>> Dividends(
            IReadOnlyList<string>? tickers,
            DateOnly from,
            DateOnly to,
            CancellationToken cancellationToken
        ) => Task.FromResult(new Rows<ProviderDividend>([.. All(tickers).SelectMany(company => company.Dividends)], []));

        public Task<Rows<ExchangeRate>> Rates(
            Currency @base,
            Currency quote,
            DateOnly from,
            DateOnly to,
            CancellationToken cancellationToken
        ) => Task.FromResult(new Rows<ExchangeRate>([], []));

        public Task<IReadOnlyList<TickerSince>> TickerHistory(string id, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<TickerSince>>([]);

        private IEnumerable<Company> All(IReadOnlyList<string>? tickers) =>
            tickers?.Select(Companies.GetValueOrDefault).OfType<Company>() ?? WholeMarket;
    }
}
