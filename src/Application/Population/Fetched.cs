using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Application.Population;

/// <summary>Everything was there: stored for good, or asked for by another job in the meantime.</summary>
internal sealed record NothingToAsk : IFetched
{
    public const string Note = "Nothing was asked: it is stored already.";

    public Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        Task.FromResult(new Stored(0, [], [], Note: Note));
}

/// <summary>Listing and bars of one ticker, as far as they had to be asked for.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="Wanted">Days that the job is about.</param>
/// <param name="Asked">Days that were asked for; null when none had to be.</param>
/// <param name="Bars">Their bars.</param>
/// <param name="At">When.</param>
internal sealed record FetchedStock(string Ticker, DayRange Wanted, DayRange? Asked, Rows<Bar>? Bars, DateTimeOffset At) : IFetched
{
    public bool ListingAsked { get; init; }

    public Listing? Listing { get; init; }

    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        Id<Stock>? listed = Listing is null ? null : (await writer.Listings([Listing], cancellationToken))[0];
        var bars = Bars?.Good ?? [];
        var stocks = await writer.StocksOf([Ticker], cancellationToken);
        if (listed is null && stocks(Ticker, Wanted.To) is null)
        {
            if (bars.Count == 0)
                throw new MarketDataRefused(ItemReasons.UnknownSymbol, $"The provider knows no ticker {Ticker}, active or delisted.");
            listed = await writer.Unlisted(Ticker, cancellationToken);
        }
        var rows = 0L;
        foreach (var ofOne in bars.GroupBy(bar => BearerOf(bar.Date, listed, stocks)))
            rows += await writer.Bars(ofOne.Key, [.. ofOne], cancellationToken);
        var noData = bars.Count == 0 && !await writer.HasPrices(Ticker, listed, Wanted, cancellationToken);
        var note = Asked is null && !ListingAsked ? NothingToAsk.Note : null;
        return new Stored(rows, Bars?.Rejected ?? [], [.. Fetches(bars.Count)], noData, note);
    }

    // What is dated before the listing is of whoever bore the ticker then, if that is known.
    private Id<Stock> BearerOf(DateOnly day, Id<Stock>? listed, FindStock stocks) =>
        listed is { } stock && !(Listing?.ListedOn > day) ? stock : stocks(Ticker, day) ?? listed ?? stocks(Ticker, Wanted.To)!.Value;

    private IEnumerable<Fetch> Fetches(int rows)
    {
        if (Asked is { } asked)
            yield return Answer.Of(FetchKind.Bars, Ticker, asked, At, rows);
        if (Listing is not null)
            yield return Answer.OfDay(FetchKind.Listing, Ticker, At, 1);
    }
}

internal sealed record FetchedRates(string Pair, DayRange Asked, Rows<ExchangeRate> Rates, DateTimeOffset At) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        new(
            await writer.Rates(Rates.Good, cancellationToken),
            Rates.Rejected,
            [Answer.Of(FetchKind.Rates, Pair, Asked, At, Rates.Good.Count)],
            NoData: Rates.Good.Count == 0
        );
}

internal sealed record FetchedListings(Rows<Listing> Active, Rows<Listing> Delisted, DateTimeOffset At) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        var stored = await writer.Listings([.. Delisted.Good, .. Active.Good], cancellationToken);
        return new Stored(
            stored.Count,
            [.. Active.Rejected, .. Delisted.Rejected],
            [
                Answer.OfDay(FetchKind.Universe, MarketItems.Active, At, Active.Good.Count),
                Answer.OfDay(FetchKind.Universe, MarketItems.Inactive, At, Delisted.Good.Count),
            ]
        );
    }
}

internal sealed record FetchedSession(DateOnly Session, Rows<TickerBar> Bars, DateTimeOffset At) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        new(
            await writer.Session(Session, Bars.Good, cancellationToken),
            Bars.Rejected,
            [Answer.Of(FetchKind.Session, MarketItems.Key(Session), new DayRange(Session, Session), At, Bars.Good.Count)],
            NoData: Bars.Good.Count == 0
        );
}

/// <summary>Actions of some tickers or of all.</summary>
/// <param name="Tickers">Those that were asked for; null is all.</param>
/// <param name="Asked">Days.</param>
/// <param name="Splits">The answer.</param>
/// <param name="At">When.</param>
internal sealed record FetchedSplits(IReadOnlyList<string>? Tickers, DayRange Asked, Rows<ProviderSplit> Splits, DateTimeOffset At)
    : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        var stocks = await writer.StocksOf(Tickers, cancellationToken);
        return new Stored(
            await writer.Splits(Splits.Good, stocks, cancellationToken),
            Splits.Rejected,
            [.. Answer.OfEach(FetchKind.Splits, Tickers, Asked, At, Splits.Good.ToLookup(split => split.Ticker), stocks)]
        );
    }
}

/// <summary>Actions of some tickers or of all.</summary>
/// <param name="Tickers">Those that were asked for; null is all.</param>
/// <param name="Asked">Days.</param>
/// <param name="Dividends">The answer.</param>
/// <param name="At">When.</param>
internal sealed record FetchedDividends(IReadOnlyList<string>? Tickers, DayRange Asked, Rows<ProviderDividend> Dividends, DateTimeOffset At)
    : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        var stocks = await writer.StocksOf(Tickers, cancellationToken);
        return new Stored(
            await writer.Dividends(Dividends.Good, stocks, cancellationToken),
            Dividends.Rejected,
            [.. Answer.OfEach(FetchKind.Dividends, Tickers, Asked, At, Dividends.Good.ToLookup(dividend => dividend.Ticker), stocks)]
        );
    }
}

/// <summary>What is written down of an answer.</summary>
internal static class Answer
{
    public static Fetch Of(FetchKind kind, string key, DayRange asked, DateTimeOffset at, int rows) =>
        new(kind, key, asked.From, asked.To, new FetchAnswer(at, rows, rows > 0 ? FetchOutcome.Stored : FetchOutcome.NoData));

    public static Fetch OfDay(FetchKind kind, string key, DateTimeOffset at, int rows)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return new Fetch(kind, key, day, day, new FetchAnswer(at, rows, FetchOutcome.Stored));
    }

    /// <summary>Of each ticker that is a known stock: what was told of others is stored nowhere, and is to be asked again when they are known.</summary>
    public static IEnumerable<Fetch> OfEach<TRow>(
        FetchKind kind,
        IReadOnlyList<string>? tickers,
        DayRange asked,
        DateTimeOffset at,
        ILookup<string, TRow> rows,
        FindStock stocks
    ) =>
        tickers is null
            ? [Of(kind, Finality.Everyone, asked, at, rows.Sum(one => one.Count()))]
            : tickers
                .Where(ticker => stocks(ticker, asked.To) is not null)
                .Select(ticker => Of(kind, ticker, asked, at, rows[ticker].Count()));

    /// <summary>What a refusal says of the provider.</summary>
    public static Fetch? OfRefusal(JobItem item, string reason, DateTimeOffset at)
    {
        FetchOutcome? outcome = reason switch
        {
            ItemReasons.UnknownSymbol => FetchOutcome.UnknownSymbol,
            ItemReasons.NotEntitled => FetchOutcome.NotEntitled,
            _ => null,
        };
        FetchKind? kind = item.Work switch
        {
            ItemWork.Stock => FetchKind.Bars,
            ItemWork.Session => FetchKind.Session,
            ItemWork.Rates => FetchKind.Rates,
            _ => null,
        };
        return outcome is { } told && kind is { } asked && item is { From: { } from, To: { } to }
            ? new Fetch(asked, item.Key, from, to, new FetchAnswer(at, 0, told))
            : null;
    }
}
