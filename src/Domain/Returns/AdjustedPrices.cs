using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>What a series of prices leaves out.</summary>
public enum PriceBasis
{
    /// <summary>As traded.</summary>
    Raw,

    /// <summary>In shares of the last day.</summary>
    Split,

    /// <summary>In shares of the last day, with dividends reinvested.</summary>
    Total,
}

/// <summary>Adjusted series, made at read time from raw bars, so that stored history never changes.</summary>
public static class AdjustedPrices
{
    /// <summary>
    /// Bars before a split's execution date: prices x from / to, volume x to / from. Bars before an ex-date: prices x C / (C + D), with C the
    /// close of the first session on or after the ex-date and D what a share of that session was paid: the growth of one share whose dividends
    /// buy more of it at the close of the ex-date. A dividend without such a session yet, or without one before it, is passed over.
    /// Half-even to 10 decimals.
    /// </summary>
    /// <param name="bars">Raw bars, ascending.</param>
    /// <param name="splits">Splits executed after the first bar, in any order.</param>
    /// <param name="dividends">Dividends with an ex-date after the first bar, in any order, unadjusted and in the stock's currency.</param>
    public static IReadOnlyList<Bar> Of(IReadOnlyList<Bar> bars, IReadOnlyList<Split> splits, IReadOnlyList<Dividend> dividends)
    {
        var adjusted = new Bar[bars.Count];
        var splitsLeft = new Stack<Split>(splits.OrderBy(split => split.ExecutionDate));
        var dividendsLeft = new Stack<Dividend>(dividends.OrderBy(dividend => dividend.ExDate));
        decimal price = 1,
            volume = 1;
        for (var i = bars.Count - 1; i >= 0; i--)
        {
            var bar = bars[i];
            var paid = 0m;
            for (; dividendsLeft.TryPeek(out var dividend) && dividend.ExDate > bar.Date; dividendsLeft.Pop())
                paid += i + 1 < bars.Count ? PerShareOf(bars[i + 1].Date, dividend, splits) : 0;
            // All at once: what one of them buys at the close is not paid another.
            if (paid > 0)
                price *= bars[i + 1].Close / (bars[i + 1].Close + paid);
            for (; splitsLeft.TryPeek(out var split) && split.ExecutionDate > bar.Date; splitsLeft.Pop())
                (price, volume) = (price * split.From / split.To, volume * split.To / split.From);
            adjusted[i] = new Bar(
                bar.Date,
                Exact.Product(bar.Open, price),
                Exact.Product(bar.High, price),
                Exact.Product(bar.Low, price),
                Exact.Product(bar.Close, price),
                Exact.Product(bar.Volume, volume)
            );
        }
        return adjusted;
    }

    // A dividend is stated per share held at the close before its ex-date: on a split of that day, or one before the session, a share is less.
    private static decimal PerShareOf(DateOnly session, Dividend dividend, IReadOnlyList<Split> splits) =>
        splits
            .Where(split => split.ExecutionDate >= dividend.ExDate && split.ExecutionDate <= session)
            .Aggregate(dividend.Amount, (amount, split) => amount * split.From / split.To);
}
