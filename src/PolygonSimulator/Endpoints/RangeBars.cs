using System.Globalization;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>Bars of one ticker over a range of days, in pages.</summary>
internal static class RangeBars
{
    const int UsualLimit = 5000;
    const int HighestLimit = 50_000;

    public static async Task Answer(Call call, Reply reply)
    {
        var window = Window.Read(call);
        var adjusted = call.Flag("adjusted", otherwise: true);
        var limit = call.Limit(UsualLimit, HighestLimit);
        var stock = call.Market.Find(window.Ticker);
        var rows = new BarRows(call, reply);
        rows.Start(window.Ticker, adjusted);
        var (used, next) = stock is null ? (0, null) : await Page(call, reply, rows, window, stock, limit, adjusted);
        rows.End(used, next);
    }

    static async Task<(int Used, string? Next)> Page(
        Call call,
        Reply reply,
        BarRows rows,
        Window window,
        Stock stock,
        int limit,
        bool adjusted
    )
    {
        var bars = Select(call, window, stock, new Adjustment(stock, adjusted ? call.Today : DateOnly.MinValue));
        var (used, open, start) = (0, false, default(DateOnly));
        var sum = default(Bar);
        foreach (var bar in bars)
        {
            var date = DateOnly.FromDayNumber(bar.Day);
            if (open && window.StartOf(date) == start)
            {
                sum = window.Descending ? bar.Then(sum) : sum.Then(bar);
                used++;
                continue;
            }
            if (open)
            {
                rows.Add(null, sum, Stamp(stock, start));
                if (reply.IsFull)
                    await reply.Flush();
                if (used >= limit)
                    return (used, NextUrl(call, window, start, limit, adjusted));
            }
            (sum, open, start) = (bar, true, window.StartOf(date));
            used++;
        }
        if (open)
            rows.Add(null, sum, Stamp(stock, start));
        return (used, null);
    }

    // Currencies trade around the clock: their day begins in UTC.
    static long Stamp(Stock stock, DateOnly start) =>
        stock.Pair is null
            ? NewYork.Midnight(start.DayNumber)
            : new DateTimeOffset(start, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();

    static IEnumerable<Bar> Select(Call call, Window window, Stock stock, Adjustment adjustment)
    {
        var first = stock.IndexFrom(window.First.DayNumber);
        var end = stock.IndexFrom(Math.Min(window.Last.DayNumber, call.LastVisibleDay) + 1);
        var faulty = call.RowFaults.TouchBars;
        for (var step = 0; step < end - first; step++)
        {
            var bar = stock.Told(window.Descending ? end - 1 - step : first + step, call.Today);
            if (!faulty || call.RowFaults.Keep(stock.Ticker, ref bar))
                yield return adjustment.Apply(bar);
        }
    }

    /// <summary>The same path with a narrower window: what follows the last span, or in descending order what lies before it.</summary>
    static string NextUrl(Call call, Window window, DateOnly last, int limit, bool adjusted)
    {
        var after = NewYork.Midnight(window.Span.After(last).DayNumber).ToString(CultureInfo.InvariantCulture);
        var before = (NewYork.Midnight(last.DayNumber) - 1).ToString(CultureInfo.InvariantCulture);
        var (from, to) = window.Descending ? (call.Route("from"), before) : (after, call.Route("to"));
        var path =
            $"/v2/aggs/ticker/{Uri.EscapeDataString(window.Ticker)}/range/{call.Route("multiplier")}/{call.Route("timespan")}/{from}/{to}";
        var kept = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
            ["sort"] = window.Descending ? "desc" : "asc",
        };
        if (!adjusted)
            kept["adjusted"] = "false";
        return call.Url(path, Cursor.Encode(kept));
    }

    /// <summary>The asked days, snapped outwards to whole units.</summary>
    sealed record Window(string Ticker, Timespan Span, DateOnly First, DateOnly Last, bool Descending)
    {
        DateOnly start = First;

        public static Window Read(Call call)
        {
            if (
                !int.TryParse(call.Route("multiplier"), NumberStyles.None, CultureInfo.InvariantCulture, out var multiplier)
                || multiplier is < 1 or > 10_000
            )
                throw Refusal.BadRequest($"The parameter 'multiplier' cannot be '{call.Route("multiplier")}'");
            var span = Timespan.Parse(multiplier, call.Route("timespan")!);
            var from = Time(call, "from");
            var to = Time(call, "to");
            if (to < from)
                throw Refusal.BadRequest("The parameter 'to' cannot be a time that occurs before 'from'");
            var descending = call["sort"] switch
            {
                null or "asc" => false,
                "desc" => true,
                var sort => throw Refusal.BadRequest($"The parameter 'sort' cannot be '{sort}'"),
            };
            return new Window(call.Route("ticker")!, span, span.Floor(call.Admit(from, to)), span.Ceiling(to), descending);
        }

        /// <summary>The first day of the span that holds the date; dates must come in the order of the window.</summary>
        public DateOnly StartOf(DateOnly date)
        {
            if (date < start)
                start = First;
            for (var next = Span.After(start); next <= date; next = Span.After(start))
                start = next;
            return start;
        }

        static DateOnly Time(Call call, string name)
        {
            var text = call.Route(name);
            if (text is { Length: 10 } && text[4] == '-')
                return call.Date(name, text);
            return
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
                && Math.Abs(milliseconds) < 100_000_000_000_000
                ? NewYork.Date(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
                : throw Refusal.BadTime(name);
        }
    }
}
