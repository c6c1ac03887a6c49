namespace CleanPortfolio.Domain.Stocks;

/// <summary>
/// A ticker that a stock bears, or bore, on the days from <see cref="From"/> to <see cref="To"/>. On one day a ticker has at most one
/// bearer; in time it can pass from one stock to another, and a stock from one ticker to another.
/// </summary>
public sealed class Symbol
{
    private Symbol() { }

    internal Symbol(Id<Stock> stockId, string ticker, DateOnly? from, DateTimeOffset now) =>
        (StockId, Ticker, Folded, From, LearnedAt) = (stockId, ticker, ticker.ToLowerInvariant(), from, now);

    /// <summary>Order of learning, given by the database.</summary>
    public long Number { get; private set; }

    /// <summary>The stock.</summary>
    public Id<Stock> StockId { get; private set; }

    /// <summary>The ticker; case matters.</summary>
    public string Ticker { get; private set; } = "";

    /// <summary>The ticker in lower case, to be searched.</summary>
    public string Folded { get; private set; } = "";

    /// <summary>First day, in the zone of the exchange; null when the beginning is not known: then every day until <see cref="To"/>.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>Last day; null while the stock bears it.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>When it was learnt that the stock bears it: of what was told before, nobody knew whose it was.</summary>
    public DateTimeOffset LearnedAt { get; private set; }

    /// <summary>Whether the stock bore the ticker on <paramref name="day"/>.</summary>
    public bool Bore(DateOnly day) => !(day < From) && !(day > To);

    // A beginning after the end is none.
    internal void Last(DateOnly? from, DateOnly? to) => (From, To) = (from > to ? null : from, to);

    internal void Begin(DateOnly? from) => From = from;

    internal void End(DateOnly? to) => To = to;
}

/// <summary>The bearers of one ticker, one after the other.</summary>
public static class Bearers
{
    /// <summary>
    /// Cuts the days on which <paramref name="stocks"/> bear <paramref name="ticker"/> so that no two of them share one: they follow each
    /// other in the order of their ends, the one that bears it now last; each begins at the earliest when the one before has ended. A bearer
    /// for whom no day is left loses the ticker.
    /// </summary>
    /// <param name="ticker">The ticker.</param>
    /// <param name="stocks">All stocks that bear it or bore it, with their symbols.</param>
    public static void Settle(string ticker, IEnumerable<Stock> stocks)
    {
        var row = stocks
            .SelectMany(stock => stock.Symbols.Where(symbol => symbol.Ticker == ticker).Select(symbol => (Stock: stock, Symbol: symbol)))
            .OrderBy(bearer => bearer.Stock.Active && bearer.Stock.Ticker == ticker && bearer.Symbol.To is null)
            .ThenBy(bearer => bearer.Symbol.To ?? DateOnly.MaxValue)
            .ThenBy(bearer => bearer.Symbol.From ?? DateOnly.MinValue)
            .ThenBy(bearer => bearer.Stock.Id.Value)
            .ToList();
        DateOnly? end = null;
        for (var i = 0; i < row.Count; i++)
        {
            var (stock, symbol) = row[i];
            if (symbol.To is null && i < row.Count - 1)
                symbol.End(row[i + 1].Symbol.From?.AddDays(-1) ?? end);
            if (end is { } before && !(symbol.From > before))
                symbol.Begin(before.AddDays(1));
            if (symbol.To is { } last && (symbol.From > last || last == end) || (symbol.To is null && i < row.Count - 1))
                stock.Drop(symbol);
            else
                end = symbol.To ?? end;
        }
    }
}
