using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Application.Population;

/// <summary>Puts a plan together, part by part in the order of work.</summary>
internal sealed class PlanBuilder(Known known, MarketSize size)
{
    private const int RatesOfWeek = 6;
    private const double ActionsOfTicker = 4.2; // a year
    private readonly List<PlannedItem> _items = [];
    private bool _exact = true;
    private double _rows;
    private int _stored;

    public Plan Plan => new(_items, _exact, (long)_rows, _stored);

    /// <summary>Whether reading all listings costs less than asking for those that are not known, one call each.</summary>
    public bool CrawlIsCheaper(IReadOnlyList<string> tickers, int times) =>
        tickers.Count(ticker => !known.IsListingKnown(ticker)) > size.ListingPages * times;

    public void AddCrawl()
    {
        _items.Add(new PlannedItem(MarketItems.Listings, ItemWork.Universe, null, null, size.ListingPages));
        (_exact, _rows) = (false, _rows + size.Listings);
    }

    /// <summary>Bars of tickers: sessions of the whole market first, newest first, then each ticker and each pair in its order.</summary>
    public void AddPrices(IReadOnlyList<string> tickers, ILookup<string, DayRange> ranges, bool crawl)
    {
        var needs = tickers.Where(ticker => !CurrencyPair.IsMeant(ticker)).Select(ticker => NeedOf(ticker, ranges[ticker])).ToList();
        var mix = CheapestMix.Of(needs);
        AddDays(mix.Days);
        var single = mix.Tickers.ToHashSet(StringComparer.Ordinal);
        var days = needs.ToDictionary(need => need.Ticker, need => need.Days, StringComparer.Ordinal);
        foreach (var ticker in tickers)
            if (days.TryGetValue(ticker, out var missing))
                AddTicker(ticker, single.Contains(ticker) ? missing : [], !crawl && !known.IsListingKnown(ticker));
            else
                AddPair(ticker, Hull(ranges[ticker]));
    }

    public void AddSessions(IReadOnlyCollection<DateOnly> sessions)
    {
        var missing = sessions.Where(day => !known.HasSession(day)).ToList();
        _stored += sessions.Count - missing.Count;
        AddDays(missing);
    }

    public void AddActions(ItemWork work, IReadOnlyList<string> tickers, DayRange range, int times)
    {
        var kind = KindOf(work);
        var batches = PlanBatches.Of(work, [.. tickers.Select(ticker => (ticker, known.MissingActions(kind, ticker, range)))]).ToList();
        if (batches.Count == 0)
            return;
        var all = new DayRange(batches[0].From!.Value, batches[0].To!.Value);
        if (batches.Count > PlanBatches.PagesOfAll(work, all, LastOf(work)) * times)
        {
            AddActionsOfAll(work, all);
            return;
        }
        _items.AddRange(batches);
        var years = (all.To.DayNumber - all.From.DayNumber) / 365.25;
        _rows += work is ItemWork.Dividends ? batches.Sum(batch => batch.Tickers!.Count) * ActionsOfTicker * years : 0;
    }

    public void AddActionsOfAll(ItemWork work, DayRange range)
    {
        if (known.Missing(KindOf(work), Finality.Everyone, range) is not { } missing)
            return;
        var name = work is ItemWork.Splits ? MarketItems.Splits : MarketItems.Dividends;
        _items.Add(new PlannedItem(name, work, missing.From, missing.To, PlanBatches.PagesOfAll(work, missing, LastOf(work))));
        (_exact, _rows) = (false, _rows + PlanBatches.RowsOfAll(work, missing, LastOf(work)));
    }

    private TickerNeed NeedOf(string ticker, IEnumerable<DayRange> ranges)
    {
        var sessions = ranges.SelectMany(range => known.Sessions(ticker, range)).Distinct().Order().ToList();
        var missing = known.Missing(ticker, sessions);
        _stored += sessions.Count - missing.Count;
        return new TickerNeed(ticker, missing);
    }

    private void AddDays(IEnumerable<DateOnly> days)
    {
        foreach (var day in days.OrderDescending())
        {
            _items.Add(new PlannedItem(MarketItems.Key(day), ItemWork.Session, day, day, 1));
            _rows += size.RowsOfSession;
        }
    }

    private void AddTicker(string ticker, IReadOnlyList<DateOnly> days, bool withListing)
    {
        var (bars, listing) = (days.Count > 0 ? 1 : 0, withListing ? 1 : 0);
        _items.Add(new PlannedItem(ticker, ItemWork.Stock, bars > 0 ? days[0] : null, bars > 0 ? days[^1] : null, bars + listing));
        _rows += days.Count + listing;
    }

    private void AddPair(string pair, DayRange range)
    {
        var missing = known.Missing(FetchKind.Rates, pair, range);
        var calls = missing is null || CurrencyPair.Parse(pair) is null ? 0 : 1;
        _items.Add(new PlannedItem(pair, ItemWork.Rates, missing?.From, missing?.To, calls));
        _rows += missing is { } asked ? (asked.To.DayNumber - asked.From.DayNumber + 1) * RatesOfWeek / 7.0 : 0;
        _stored += missing is null ? range.To.DayNumber - range.From.DayNumber + 1 : 0;
    }

    private Fetch? LastOf(ItemWork work) => work is ItemWork.Splits ? size.Splits : size.Dividends;

    public static FetchKind KindOf(ItemWork work) => work is ItemWork.Splits ? FetchKind.Splits : FetchKind.Dividends;

    private static DayRange Hull(IEnumerable<DayRange> ranges)
    {
        var all = ranges.ToList();
        return new DayRange(all.Min(range => range.From), all.Max(range => range.To));
    }
}
