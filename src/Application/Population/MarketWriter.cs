using CleanPortfolio.Application.MarketData;
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
internal sealed class MarketWriter(IDatabase database, IMarketStore store, ListingBook listingBook, MarketChecks checks, TimeProvider clock)
{
    private FindStock? _stocks;

    public Task<IReadOnlyList<Id<Stock>>> Listings(IReadOnlyList<Listing> listings, CancellationToken cancellationToken)
    {
        _stocks = null;
        return listingBook.Store(listings, cancellationToken);
    }

    public Task<long> Bars(Id<Stock> stock, IReadOnlyList<Bar> bars, CancellationToken cancellationToken) =>
        store.StorePrices([.. bars.Select(bar => PriceOf(stock, bar))], cancellationToken);

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

    /// <summary>Prices of one session. A ticker that has prices but no listing becomes a stock without a name.</summary>
    public async Task<Stored> Session(DateOnly session, Rows<TickerBar> bars, CancellationToken cancellationToken)
    {
        var stocks = await Stocks(cancellationToken);
        var unlisted = bars.Good.Where(bar => stocks(bar.Ticker, session) is null).Select(bar => Unlisted(bar.Ticker)).ToList();
        if (unlisted.Count > 0)
        {
            await Listings(unlisted, cancellationToken);
            stocks = await Stocks(cancellationToken);
        }
        var (prices, rejected) = (new List<DailyPrice>(bars.Good.Count), bars.Rejected.ToList());
        foreach (var (ticker, bar) in bars.Good)
            if (stocks(ticker, session) is { } stock)
                prices.Add(PriceOf(stock, bar));
            else
                rejected.Add(UnplacedRows.Of(ticker, bar));
        await Reject(rejected, stocks, cancellationToken);
        return Stored.Of(await store.StorePrices(prices, cancellationToken), rejected, noData: bars.Good.Count == 0);
    }

    /// <summary>Splits, judged at once by what is known; the checks at the end of a job judge them again by all its prices.</summary>
    public async Task<Stored> Splits(Rows<ProviderSplit> splits, FindStock stocks, CancellationToken cancellationToken)
    {
        var (now, reports, rejected) = (clock.GetUtcNow(), new List<ReportedSplit>(splits.Good.Count), splits.Rejected.ToList());
        foreach (var split in splits.Good)
            if (stocks(split.Ticker, split.ExecutionDate) is { } stock)
                reports.Add(new ReportedSplit(stock, split.ExecutionDate, split.From, split.To, split.ProviderId, now));
            else
                rejected.Add(UnplacedRows.Of(split));
        await Reject(rejected, stocks, cancellationToken);
        var rows = await store.StoreSplitReports(reports, cancellationToken);
        await checks.Splits([.. reports.Select(report => report.StockId)], cancellationToken);
        return Stored.Of(rows, rejected);
    }

    public async Task<Stored> Dividends(Rows<ProviderDividend> dividends, FindStock stocks, CancellationToken cancellationToken)
    {
        var (now, placed, rejected) = (clock.GetUtcNow(), new List<Dividend>(dividends.Good.Count), dividends.Rejected.ToList());
        var seen = new Dictionary<(Id<Stock>, DateOnly, decimal, Currency, string), string?>();
        foreach (var row in dividends.Good)
            if (stocks(row.Ticker, row.ExDate) is not { } stock)
                rejected.Add(UnplacedRows.Of(row));
            else if (!seen.TryAdd((stock, row.ExDate, row.Amount, row.Currency, row.Type), row.ProviderId))
                rejected.AddRange(seen[(stock, row.ExDate, row.Amount, row.Currency, row.Type)] == row.ProviderId ? [] : [UnplacedRows.Twin(row)]);
            else
                placed.Add(DividendOf(stock, row, now));
        await Reject(rejected, stocks, cancellationToken);
        return Stored.Of(await store.StoreDividends(placed, cancellationToken), rejected);
    }

    public async Task<Stored> Rates(Rows<ExchangeRate> rates, CancellationToken cancellationToken)
    {
        await Reject(rates.Rejected, null, cancellationToken);
        var rows = await store.StoreRates(rates.Good, RateSources.Provider, cancellationToken);
        return Stored.Of(rows, rates.Rejected, noData: rates.Good.Count == 0);
    }

    /// <summary>All known stocks by ticker and day: of several that bore a ticker, the one listed on that day.</summary>
    public async Task<FindStock> Stocks(CancellationToken cancellationToken)
    {
        if (_stocks is not null)
            return _stocks;
        var rows = await database
            .Stocks.Select(stock => new
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
        return _stocks = (ticker, day) =>
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
