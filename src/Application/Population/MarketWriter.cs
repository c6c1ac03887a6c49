using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Population;

/// <summary>A row of a known ticker on a day on which nobody bore it; it is not stored.</summary>
internal sealed record UnknownRow(string What, string Ticker, DateOnly Date)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Ticker} {What} of {Date:yyyy-MM-dd}: nobody bore the ticker on that day");
}

/// <summary>Rows stored, and those that belong to nobody.</summary>
internal sealed record Written(long Rows, IReadOnlyList<UnknownRow> Unknown)
{
    public static Written operator +(Written a, Written b) => new(a.Rows + b.Rows, [.. a.Unknown, .. b.Unknown]);
}

/// <summary>Gives the provider's rows to the stocks they belong to, and stores them.</summary>
internal sealed class MarketWriter(IDatabase database, IMarketStore store, ListingBook listingBook, Renames renames, TimeProvider clock)
{
    private TickerBook? _book;

    public Task<IReadOnlyList<Id<Stock>>> Listings(IReadOnlyList<Listing> listings, CancellationToken cancellationToken) =>
        Listings(listings, [], cancellationToken);

    /// <summary>Adds or updates listings; answers the stock of each, in the same order.</summary>
    /// <param name="listings">What the provider lists.</param>
    /// <param name="apart">FIGIs that do not make one stock of two tickers.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<IReadOnlyList<Id<Stock>>> Listings(
        IReadOnlyList<Listing> listings,
        IReadOnlyCollection<string> apart,
        CancellationToken cancellationToken
    )
    {
        _book = null;
        return listingBook.Store(listings, apart, cancellationToken);
    }

    /// <summary>Follows renames; answers those that were refused.</summary>
    public Task<IReadOnlyList<RefusedRename>> Rename(
        IReadOnlyList<Renamed> renamed,
        IReadOnlyList<TickerBar> bars,
        CancellationToken cancellationToken
    )
    {
        _book = null;
        return renames.Apply(renamed, bars, cancellationToken);
    }

    public Task<int> Miss(IReadOnlyList<Id<Stock>> absent, CancellationToken cancellationToken) =>
        listingBook.Miss(absent, cancellationToken);

    public async Task<Written> Bars(IReadOnlyList<TickerBar> bars, FindStock stocks, CancellationToken cancellationToken)
    {
        var (prices, unknown) = (new List<DailyPrice>(bars.Count), new List<UnknownRow>());
        foreach (var (ticker, bar) in bars)
            if (stocks(ticker, bar.Date) is { } stock)
                prices.Add(PriceOf(stock, bar));
            else
                unknown.Add(new UnknownRow("price", ticker, bar.Date));
        return new Written(await store.StorePrices(prices, cancellationToken), unknown);
    }

    /// <summary>Prices of one session. A ticker that has prices but was never heard of becomes a stock without a name.</summary>
    public async Task<Written> Session(IReadOnlyList<TickerBar> bars, CancellationToken cancellationToken)
    {
        var book = await Book(cancellationToken);
        var unlisted = bars.Where(bar => !book.Knows(bar.Ticker)).Select(bar => Unlisted(bar.Ticker)).ToList();
        if (unlisted.Count > 0)
        {
            await Listings(unlisted, cancellationToken);
            book = await Book(cancellationToken);
        }
        return await Bars(bars, book.Find, cancellationToken);
    }

    public async Task<Written> Splits(IReadOnlyList<ProviderSplit> rows, FindStock stocks, CancellationToken cancellationToken)
    {
        var (splits, unknown) = (new List<Split>(rows.Count), new List<UnknownRow>());
        foreach (var row in rows)
            if (stocks(row.Ticker, row.ExecutionDate) is { } stock)
                splits.Add(new Split(stock, row.ExecutionDate, row.From, row.To));
            else
                unknown.Add(new UnknownRow("split", row.Ticker, row.ExecutionDate));
        return new Written(await store.StoreSplits(splits, cancellationToken), unknown);
    }

    public async Task<Written> Dividends(IReadOnlyList<ProviderDividend> rows, FindStock stocks, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (dividends, unknown) = (new List<Dividend>(rows.Count), new List<UnknownRow>());
        foreach (var row in rows)
            if (stocks(row.Ticker, row.ExDate) is { } stock)
                dividends.Add(DividendOf(stock, row, now));
            else
                unknown.Add(new UnknownRow("dividend", row.Ticker, row.ExDate));
        return new Written(await store.StoreDividends(dividends, cancellationToken), unknown);
    }

    public Task<long> Rates(IReadOnlyList<ExchangeRate> rates, CancellationToken cancellationToken) =>
        store.StoreRates(rates, RateSources.Provider, cancellationToken);

    /// <summary>All known tickers by day.</summary>
    public async Task<FindStock> Stocks(CancellationToken cancellationToken) => (await Book(cancellationToken)).Find;

    /// <summary>Some tickers by day: a few need not wait for all.</summary>
    public async Task<FindStock> Stocks(IReadOnlyCollection<string> tickers, CancellationToken cancellationToken) =>
        (await TickerBook.Load(database, tickers, cancellationToken)).Find;

    private async Task<TickerBook> Book(CancellationToken cancellationToken) =>
        _book ??= await TickerBook.Load(database, null, cancellationToken);

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
}
