using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Application.Population;

/// <summary>Reads what is known of a piece of the market, in a unit of work of its own: fetching and storing happen at the same time.</summary>
internal sealed class MarketKnowledge(IServiceScopeFactory scopes)
{
    /// <summary>What is known of some tickers, and of the whole market, in a range.</summary>
    /// <param name="tickers">The tickers.</param>
    /// <param name="range">The days.</param>
    /// <param name="question">When it is asked, and whether for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Known> Of(IReadOnlyCollection<string> tickers, DayRange range, Question question, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var (from, to) = range;
        var fetches = await database
            .Fetches.AsNoTracking()
            .Where(fetch =>
                fetch.Kind == FetchKind.Universe
                || (tickers.Contains(fetch.Key) && (fetch.Kind == FetchKind.Listing || (fetch.From <= to && fetch.To >= from)))
                || (fetch.Kind == FetchKind.Session && fetch.From <= to && fetch.To >= from)
                || (fetch.Key == Finality.Everyone && fetch.From <= to && fetch.To >= from)
            )
            .ToListAsync(cancellationToken);
        var stocks = await database
            .Symbols.Where(symbol => tickers.Contains(symbol.Ticker))
            .Select(symbol => new
            {
                Id = symbol.StockId,
                symbol.Ticker,
                ListedOn = symbol.From,
                DelistedOn = symbol.To,
                symbol.LearnedAt,
                IsFormer = !database.Stocks.Any(stock => stock.Id == symbol.StockId && stock.Ticker == symbol.Ticker),
            })
            .ToListAsync(cancellationToken);
        var known = stocks
            .GroupBy(stock => stock.Ticker, StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => new KnownTicker(
                    same.Max(stock => stock.LearnedAt),
                    same.Count() == 1 ? same.First().ListedOn : null,
                    same.Count() == 1 ? same.First().DelistedOn : null,
                    same.All(stock => stock.IsFormer)
                ),
                StringComparer.Ordinal
            );
        return new Known(fetches, known, question);
    }

    /// <summary>
    /// Prices follow the symbol, not the company: days of a stock on which it bore another ticker are asked for under that one. A ticker that
    /// several stocks bore is asked for as it is: whose its rows are, their days tell.
    /// </summary>
    public async Task<IReadOnlyList<TickerRange>> WithFormerTickers(IReadOnlyList<TickerRange> cells, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var tickers = cells.Select(cell => cell.Ticker).Distinct(StringComparer.Ordinal).ToList();
        var symbols = await database
            .Symbols.AsNoTracking()
            .Where(symbol =>
                database.Symbols.Any(other =>
                    other.StockId == symbol.StockId && other.Ticker != symbol.Ticker && tickers.Contains(other.Ticker)
                ) || tickers.Contains(symbol.Ticker)
            )
            .ToListAsync(cancellationToken);
        var (byTicker, byStock) = (
            symbols.ToLookup(symbol => symbol.Ticker, StringComparer.Ordinal),
            symbols.ToLookup(symbol => symbol.StockId)
        );
        return
        [
            .. cells
                .SelectMany(cell =>
                    byTicker[cell.Ticker].Select(symbol => symbol.StockId).Distinct().ToList() is [var stock]
                    && byStock[stock].Skip(1).Any()
                        ? SymbolDays
                            .Within(byStock[stock].Select(symbol => (symbol.Ticker, symbol.From, symbol.To)), cell.From, cell.To)
                            .Select(days => new TickerRange(days.Ticker, days.From, days.To))
                        : [cell]
                )
                .Distinct(),
        ];
    }

    /// <summary>Rows of the newest answers of a kind, to guess what the next will be; null when there was none.</summary>
    public async Task<Fetch?> Newest(FetchKind kind, string? key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        return await database
            .Fetches.AsNoTracking()
            .Where(fetch => fetch.Kind == kind && fetch.Outcome == FetchOutcome.Stored && (key == null || fetch.Key == key))
            .OrderByDescending(fetch => fetch.FetchedAt)
            .FirstOrDefaultAsync(cancellationToken);
    }
}

/// <summary>A question to the provider.</summary>
/// <param name="Asked">When: what was answered since then need not be asked.</param>
/// <param name="Again">Whether also what is stored for good is to be asked.</param>
internal readonly record struct Question(DateTimeOffset Asked, bool Again);

/// <summary>A ticker that stocks bear or bore.</summary>
/// <param name="Since">When it was learnt that the last of them bears or bore it.</param>
/// <param name="ListedOn">First day, if it is known and there is only one stock.</param>
/// <param name="DelistedOn">Last day, likewise.</param>
/// <param name="IsFormer">Nobody bears it any more: who did has another ticker now.</param>
internal sealed record KnownTicker(DateTimeOffset Since, DateOnly? ListedOn, DateOnly? DelistedOn, bool IsFormer);

/// <summary>What need not be asked.</summary>
internal sealed class Known(IReadOnlyList<Fetch> fetches, IReadOnlyDictionary<string, KnownTicker> tickers, Question question)
{
    private const int ListingDays = 30;
    private readonly Coverage _coverage = new(fetches, question.Asked, question.Again);
    private readonly HashSet<string> _listed =
    [
        .. fetches.Where(fetch => fetch.Kind is FetchKind.Listing && IsFresh(fetch, question, ListingDays)).Select(fetch => fetch.Key),
    ];

    private readonly bool _crawled = IsCrawled(fetches, question, ListingDays);

    /// <summary>Whether the provider's list was read so lately that nobody need ask for a listing.</summary>
    public bool IsListingKnown(string ticker) =>
        _crawled || _listed.Contains(ticker) || tickers.GetValueOrDefault(ticker) is { IsFormer: true };

    /// <summary>Whether the provider's list was read within so many days.</summary>
    public bool IsCrawledWithin(int days) => IsCrawled(fetches, question, days);

    public bool HasSession(DateOnly day) => _coverage.Covers(FetchKind.Session, MarketItems.Key(day), day);

    /// <summary>The sessions on which a ticker can have traded; those before and after its listing are left out where that is known.</summary>
    public IReadOnlyList<DateOnly> Sessions(string ticker, DayRange range)
    {
        var (from, to) = range;
        if (!question.Again && IsListingKnown(ticker) && tickers.TryGetValue(ticker, out var known))
            (from, to) = (Later(from, known.ListedOn), Earlier(to, known.DelistedOn));
        return [.. UsMarketCalendar.Sessions(from, Earlier(to, UsMarketCalendar.DateOf(question.Asked)))];
    }

    /// <summary>Those of <paramref name="sessions"/> that a ticker lacks.</summary>
    public IReadOnlyList<DateOnly> Missing(string ticker, IReadOnlyList<DateOnly> sessions)
    {
        var missing = _coverage.Missing(FetchKind.Bars, ticker, sessions);
        return [.. missing.Where(day => !HasSession(day))];
    }

    public DayRange? MissingActions(FetchKind kind, string ticker, DayRange range) =>
        _coverage.MissingRange(kind, ticker, range.From, range.To, tickers.GetValueOrDefault(ticker)?.Since ?? DateTimeOffset.MaxValue);

    public DayRange? Missing(FetchKind kind, string key, DayRange range) => _coverage.MissingRange(kind, key, range.From, range.To);

    private static bool IsCrawled(IReadOnlyList<Fetch> fetches, Question question, int days) =>
        MarketItems.Universe.All(key =>
            fetches.Any(fetch => fetch.Kind is FetchKind.Universe && fetch.Key == key && IsFresh(fetch, question, days))
        );

    private static bool IsFresh(Fetch fetch, Question question, int days) =>
        fetch.Outcome is FetchOutcome.Stored && fetch.FetchedAt >= (question.Again ? question.Asked : question.Asked.AddDays(-days));

    private static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;

    private static DateOnly Earlier(DateOnly day, DateOnly? other) => other < day ? other.Value : day;
}
