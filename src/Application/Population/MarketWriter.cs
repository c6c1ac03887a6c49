using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Population;

/// <summary>Rows stored, and what was wrong with those that were not.</summary>
internal sealed record Written(long Rows, IReadOnlyCollection<string> Rejected)
{
    public static Written Of(long rows, IReadOnlyCollection<RejectedRow> rejected) => new(rows, [.. rejected.Select(row => row.Detail)]);

    public Written With(IEnumerable<string> told) => this with { Rejected = [.. told, .. Rejected] };
}

/// <summary>Gives the provider's rows to the stocks they belong to, and stores them; those that can't be stored are kept in quarantine.</summary>
internal sealed class MarketWriter(
    IDatabase database,
    IMarketStore store,
    ListingBook listingBook,
    Renames renames,
    MarketChecks checks,
    TimeProvider clock
)
{
    private const int Attempts = 10;
    private TickerBook? _all;

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
    ) => listingBook.Store(listings, apart, cancellationToken);

    /// <summary>A stock without a name, for a ticker that has prices but no listing.</summary>
    public async Task<Id<Stock>> Unlisted(string ticker, CancellationToken cancellationToken) =>
        (await Listings([Nameless(ticker)], cancellationToken))[0];

    /// <summary>Follows renames; answers those that were refused.</summary>
    public Task<IReadOnlyList<RefusedRename>> Rename(
        IReadOnlyList<Renamed> renamed,
        IReadOnlyList<TickerBar> bars,
        CancellationToken cancellationToken
    ) => renames.Apply(renamed, bars, cancellationToken);

    public Task<int> Miss(IReadOnlyList<Id<Stock>> absent, CancellationToken cancellationToken) =>
        listingBook.Miss(absent, cancellationToken);

    /// <summary>Prices of the tickers given, or of any if null.</summary>
    public Task<Written> Bars(Rows<TickerBar> bars, IReadOnlyCollection<string>? tickers, CancellationToken cancellationToken) =>
        Place(
            tickers,
            async book =>
            {
                var (prices, rejected) = (new List<DailyPrice>(bars.Good.Count), bars.Rejected.ToList());
                foreach (var (ticker, bar) in bars.Good)
                    if (book.Find(ticker, bar.Date) is { } stock)
                        prices.Add(PriceOf(stock, bar));
                    else
                        rejected.Add(UnplacedRows.Of(ticker, bar));
                var rows = await store.StorePrices(prices, book.Version, cancellationToken);
                await Reject(rejected, book.Find, cancellationToken);
                return Written.Of(rows, rejected);
            },
            cancellationToken
        );

    /// <summary>Prices of one session. A ticker that has prices but was never heard of becomes a stock without a name.</summary>
    public async Task<Written> Session(Rows<TickerBar> bars, CancellationToken cancellationToken)
    {
        var book = await Book(null, cancellationToken);
        var unlisted = bars.Good.Where(bar => !book.Knows(bar.Ticker)).Select(bar => Nameless(bar.Ticker)).ToList();
        if (unlisted.Count > 0)
            await Listings(unlisted, cancellationToken);
        return await Bars(bars, null, cancellationToken);
    }

    /// <summary>Splits, judged at once by what is known; the checks at the end of a job judge them again by all its prices.</summary>
    public Task<Written> Splits(Rows<ProviderSplit> splits, IReadOnlyCollection<string>? tickers, CancellationToken cancellationToken) =>
        Place(
            tickers,
            async book =>
            {
                var (now, reports, rejected) = (clock.GetUtcNow(), new List<ReportedSplit>(splits.Good.Count), splits.Rejected.ToList());
                foreach (var split in splits.Good)
                    if (book.Find(split.Ticker, split.ExecutionDate) is { } stock)
                        reports.Add(new ReportedSplit(stock, split.ExecutionDate, split.From, split.To, split.ProviderId, now));
                    else
                        rejected.Add(UnplacedRows.Of(split));
                var rows = await store.StoreSplitReports(reports, book.Version, cancellationToken);
                await Reject(rejected, book.Find, cancellationToken);
                await checks.Splits([.. reports.Select(report => report.StockId)], cancellationToken);
                return Written.Of(rows, rejected);
            },
            cancellationToken
        );

    public Task<Written> Dividends(
        Rows<ProviderDividend> dividends,
        IReadOnlyCollection<string>? tickers,
        CancellationToken cancellationToken
    ) =>
        Place(
            tickers,
            async book =>
            {
                var (now, rejected) = (clock.GetUtcNow(), dividends.Rejected.ToList());
                var placed = new List<(Dividend Dividend, ProviderDividend Row)>(dividends.Good.Count);
                foreach (var row in dividends.Good)
                    if (book.Find(row.Ticker, row.ExDate) is { } stock)
                        placed.Add((DividendOf(stock, row, now), row));
                    else
                        rejected.Add(UnplacedRows.Of(row));
                var stored = await store.StoreDividends([.. placed.Select(one => one.Dividend)], book.Version, cancellationToken);
                var twins = stored.Twins.ToHashSet();
                rejected.AddRange(placed.Where(one => twins.Contains(one.Dividend)).Select(one => UnplacedRows.Twin(one.Row)));
                await Reject(rejected, book.Find, cancellationToken);
                return Written.Of(stored.Rows, rejected);
            },
            cancellationToken
        );

    public async Task<Written> Rates(Rows<ExchangeRate> rates, CancellationToken cancellationToken)
    {
        await Reject(rates.Rejected, null, cancellationToken);
        return Written.Of(await store.StoreRates(rates.Good, RateSources.Provider, cancellationToken), rates.Rejected);
    }

    /// <summary>Keeps rows that can't be stored, with the stock that they seem to be of.</summary>
    public Task Reject(IReadOnlyList<RejectedRow> rows, FindStock? stocks, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return store.Quarantine(
            [
                .. rows.Select(row => new QuarantinedRow(
                    row.Kind,
                    row.Ticker,
                    row is { Ticker: { } ticker, Date: { } date } ? stocks?.Invoke(ticker, date) : null,
                    row.Date,
                    new RowFault(row.Reason, row.Detail),
                    row.Content,
                    now
                )),
            ],
            cancellationToken
        );
    }

    /// <summary>Who bore the tickers given when, or all if null.</summary>
    public async Task<TickerBook> Book(IReadOnlyCollection<string>? tickers, CancellationToken cancellationToken)
    {
        var version = await store.SymbolVersion(cancellationToken);
        if (tickers is not null)
            return await TickerBook.Load(database, tickers, version, cancellationToken);
        if (_all?.Version != version)
            _all = await TickerBook.Load(database, null, version, cancellationToken);
        return _all;
    }

    /// <summary>Whether there is a price, in a range, of a stock that bore the ticker.</summary>
    public Task<bool> HasPrices(string ticker, DayRange range, CancellationToken cancellationToken)
    {
        var (from, to) = range;
        var stocks = database.Symbols.Where(symbol => symbol.Ticker == ticker).Select(symbol => symbol.StockId);
        return database.DailyPrices.AnyAsync(
            price => stocks.Contains(price.StockId) && price.Date >= from && price.Date <= to,
            cancellationToken
        );
    }

    // Another job may learn in the same moment that a ticker passed to another stock: then the rows are given out anew.
    private async Task<Written> Place(
        IReadOnlyCollection<string>? tickers,
        Func<TickerBook, Task<Written>> write,
        CancellationToken cancellationToken
    )
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await write(await Book(tickers, cancellationToken));
            }
            catch (SymbolsChanged) when (number < Attempts)
            {
                // Nothing was stored.
            }
        }
    }

    private static Listing Nameless(string ticker) => new(ticker, Name: null, null, Currency.Usd, null, null, Active: true, null, null);

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
