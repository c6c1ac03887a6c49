using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>Finds the stock behind a ticker on a day; null when there is none.</summary>
internal delegate Id<Stock>? FindStock(string ticker, DateOnly day);

/// <summary>Gives the provider's rows to the stocks they belong to, and stores them.</summary>
internal sealed class MarketWriter(IDatabase database, IMarketStore store, ListingBook listingBook, TimeProvider clock)
{
    private FindStock? _stocks;

    public Task<IReadOnlyList<Id<Stock>>> Listings(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        _stocks = null;
        return listingBook.Store(listings, cancellationToken);
    }

    public Task<long> Bars(Id<Stock> stock, IReadOnlyList<Bar> bars, CancellationToken cancellationToken) =>
        store.StorePrices([.. bars.Select(bar => PriceOf(stock, bar))], cancellationToken);

    /// <summary>Prices of one session. A ticker that has prices but no listing becomes a stock without a name.</summary>
    public async Task<long> Session(DateOnly session, IReadOnlyList<TickerBar> bars, CancellationToken cancellationToken)
    {
        var stocks = await Stocks(cancellationToken);
        var unlisted = bars.Where(bar => stocks(bar.Ticker, session) is null).Select(bar => Unlisted(bar.Ticker)).ToList();
        if (unlisted.Count > 0)
        {
            await Listings(unlisted, cancellationToken);
            stocks = await Stocks(cancellationToken);
        }
        var prices = new List<DailyPrice>(bars.Count);
        foreach (var (ticker, bar) in bars)
            if (stocks(ticker, session) is { } stock)
                prices.Add(PriceOf(stock, bar));
        return await store.StorePrices(prices, cancellationToken);
    }

    public Task<long> Splits(IReadOnlyList<ProviderSplit> splits, FindStock stocks, CancellationToken cancellationToken) =>
        store.StoreSplits(
            [
                .. splits.SelectMany(s =>
                    stocks(s.Ticker, s.ExecutionDate) is { } id ? new[] { new Split(id, s.ExecutionDate, s.From, s.To) } : []
                ),
            ],
            cancellationToken
        );

    public Task<long> Dividends(IReadOnlyList<ProviderDividend> dividends, FindStock stocks, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return store.StoreDividends(
            [.. dividends.SelectMany(d => stocks(d.Ticker, d.ExDate) is { } id ? new[] { DividendOf(id, d, now) } : [])],
            cancellationToken
        );
    }

    public Task<long> Rates(IReadOnlyList<ExchangeRate> rates, CancellationToken cancellationToken) =>
        store.StoreRates(rates, RateSources.Provider, cancellationToken);

    /// <summary>A stock without a name, for a ticker that has prices but no listing.</summary>
    public async Task<Id<Stock>> Unlisted(string ticker, CancellationToken cancellationToken) =>
        (await Listings([Unlisted(ticker)], cancellationToken))[0];

    /// <summary>Whether there is a price of a ticker's stocks, or of a stock, in a range.</summary>
    public Task<bool> HasPrices(string ticker, Id<Stock>? stock, DayRange range, CancellationToken cancellationToken)
    {
        var (from, to) = range;
        var stocks = database.Stocks.Where(one => one.Ticker == ticker || one.Id == stock).Select(one => one.Id);
        return database.DailyPrices.AnyAsync(
            price => stocks.Contains(price.StockId) && price.Date >= from && price.Date <= to,
            cancellationToken
        );
    }

    /// <summary>All known stocks by ticker and day: of several that bore a ticker, the one listed on that day.</summary>
    public async Task<FindStock> Stocks(CancellationToken cancellationToken) => _stocks ??= await StocksOf(null, cancellationToken);

    /// <summary>The same of some tickers only, or of all.</summary>
    public async Task<FindStock> StocksOf(IReadOnlyCollection<string>? tickers, CancellationToken cancellationToken)
    {
        var rows = await database
            .Stocks.Where(stock => tickers == null || tickers.Contains(stock.Ticker))
            .Select(stock => new
            {
                stock.Id,
                stock.Ticker,
                stock.ListedOn,
                stock.DelistedOn,
            })
            .ToListAsync(cancellationToken);
        var byTicker = rows.GroupBy(row => row.Ticker, StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => same.Select(row => new Bearer(row.Id, row.ListedOn, row.DelistedOn)).OrderBy(bearer => bearer.Until).ToArray(),
                StringComparer.Ordinal
            );
        return (ticker, day) =>
            byTicker.TryGetValue(ticker, out var bearers) ? (Array.Find(bearers, bearer => bearer.Bore(day)) ?? bearers[0]).Id : null;
    }

    private static Listing Unlisted(string ticker) => new(ticker, Name: null, null, Currency.Usd, null, null, Active: true, null, null);

    private static DailyPrice PriceOf(Id<Stock> stock, Bar bar) => new(stock, bar.Date, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    private static Dividend DividendOf(Id<Stock> stock, ProviderDividend row, DateTimeOffset now) =>
        new(
            Id<Dividend>.New(now),
            stock,
            row.ExDate,
            row.Amount,
            row.Currency,
            row.Type,
            row.DeclaredOn,
            row.RecordDate,
            row.PayDate,
            row.ProviderId
        );

    private sealed record Bearer(Id<Stock> Id, DateOnly? From, DateOnly? DelistedOn)
    {
        public DateOnly Until => DelistedOn ?? DateOnly.MaxValue;

        public bool Bore(DateOnly day) => (From is null || From <= day) && day <= Until;
    }
}
