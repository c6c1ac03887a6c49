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

    /// <summary>The listing is of a stock that is known by another ticker.</summary>
    public IReadOnlyList<Renamed> Renamed { get; init; } = [];

    /// <summary>Bars of the days on which it bore that one.</summary>
    public IReadOnlyList<FormerBars> Former { get; init; } = [];

    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken)
    {
        var bars = new Rows<TickerBar>(
            [.. Of(Ticker, Bars), .. Former.SelectMany(former => Of(former.Ticker, former.Bars))],
            [.. Bars?.Rejected ?? [], .. Former.SelectMany(former => former.Bars.Rejected)]
        );
        var refused = Renamed.Count == 0 ? [] : await writer.Rename(Renamed, bars.Good, cancellationToken);
        if (Listing is not null)
            await writer.Listings([Listing], [.. refused.Select(one => one.Figi).OfType<string>()], cancellationToken);
        string[] tickers = [Ticker, .. Former.Select(former => former.Ticker)];
        await MustBeKnown(bars.Good.Count, writer, cancellationToken);
        var written = await writer.Bars(bars, tickers, cancellationToken);
        var noData = bars.Good.Count == 0 && !await writer.HasPrices(Ticker, Wanted, cancellationToken);
        var note = Asked is null && !ListingAsked ? NothingToAsk.Note : null;
        return Stored.Of(written.With(refused.Select(one => one.Told)), [.. Fetches()], noData, note);
    }

    // A ticker that has prices, but no listing, is a stock without a name.
    private async Task MustBeKnown(int bars, MarketWriter writer, CancellationToken cancellationToken)
    {
        if (Listing is not null || (await writer.Book([Ticker], cancellationToken)).Knows(Ticker))
            return;
        if (bars == 0)
            throw new MarketDataRefused(ItemReasons.UnknownSymbol, $"The provider knows no ticker {Ticker}, active or delisted.");
        await writer.Unlisted(Ticker, cancellationToken);
    }

    private IEnumerable<Fetch> Fetches()
    {
        if (Asked is { } asked)
            yield return Answer.Of(FetchKind.Bars, Ticker, asked, At, Bars!.Good.Count);
        foreach (var former in Former)
            yield return Answer.Of(FetchKind.Bars, former.Ticker, former.Asked, At, former.Bars.Good.Count);
        if (Listing is not null)
            yield return Answer.OfDay(FetchKind.Listing, Ticker, At, 1);
    }

    private static IEnumerable<TickerBar> Of(string ticker, Rows<Bar>? bars) => bars?.Good.Select(bar => new TickerBar(ticker, bar)) ?? [];
}

/// <summary>Bars of a ticker that a stock bore before.</summary>
internal sealed record FormerBars(string Ticker, DayRange Asked, Rows<Bar> Bars);

internal sealed record FetchedRates(string Pair, DayRange Asked, Rows<ExchangeRate> Rates, DateTimeOffset At) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        Stored.Of(
            await writer.Rates(Rates, cancellationToken),
            [Answer.Of(FetchKind.Rates, Pair, Asked, At, Rates.Good.Count)],
            noData: Rates.Good.Count == 0
        );
}

internal sealed record FetchedSession(DateOnly Session, Rows<TickerBar> Bars, DateTimeOffset At) : IFetched
{
    public async Task<Stored> Store(MarketWriter writer, CancellationToken cancellationToken) =>
        Stored.Of(
            await writer.Session(Bars, cancellationToken),
            [Answer.Of(FetchKind.Session, MarketItems.Key(Session), new DayRange(Session, Session), At, Bars.Good.Count)],
            noData: Bars.Good.Count == 0
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
        var written = await writer.Splits(Splits, Tickers, cancellationToken);
        var book = await writer.Book(Tickers, cancellationToken);
        return Stored.Of(
            written,
            [.. Answer.OfEach(FetchKind.Splits, Tickers, Asked, At, Splits.Good.ToLookup(split => split.Ticker), book)]
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
        var written = await writer.Dividends(Dividends, Tickers, cancellationToken);
        var book = await writer.Book(Tickers, cancellationToken);
        return Stored.Of(
            written,
            [.. Answer.OfEach(FetchKind.Dividends, Tickers, Asked, At, Dividends.Good.ToLookup(dividend => dividend.Ticker), book)]
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
        TickerBook book
    ) =>
        tickers is null
            ? [Of(kind, Finality.Everyone, asked, at, rows.Sum(one => one.Count()))]
            : tickers.Where(book.Knows).Select(ticker => Of(kind, ticker, asked, at, rows[ticker].Count()));

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
