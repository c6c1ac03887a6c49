using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>What became of one share whose dividends bought more of it: the series to measure a portfolio against.</summary>
public static class TotalReturn
{
    /// <summary>
    /// Writes the value of an investment of 1, made at the price in force on the first day that has one, into <paramref name="levels"/>: 0 before
    /// that day, carried over closed days. A dividend of an ex-date after that day buys shares at the close of the first session on or after the
    /// ex-date; those of several ex-dates that meet in one session buy together. A split multiplies the shares. The growth from one session to a
    /// later one is that of <see cref="AdjustedPrices"/> with <see cref="PriceBasis.Total"/>. Allocates nothing.
    /// </summary>
    /// <param name="prices">Raw closes.</param>
    /// <param name="splits">Splits, ascending by execution date as in <see cref="StockFacts"/>.</param>
    /// <param name="dividends">Dividends in any order, unadjusted and in the currency of the prices: the caller leaves the others out.</param>
    /// <param name="timeline">The days.</param>
    /// <param name="levels">As long as the timeline.</param>
    public static void Levels(
        PriceSeries prices,
        IReadOnlyList<Split> splits,
        IReadOnlyList<Dividend> dividends,
        Timeline timeline,
        Span<double> levels
    )
    {
        if (levels.Length != timeline.Length)
            throw new ArgumentException("As long as the timeline, please.", nameof(levels));
        var (start, shares, cash) = (0.0, 1.0, 0.0);
        for (var i = 0; i < levels.Length; i++)
        {
            var day = timeline[i];
            var quote = prices.On(day, splits);
            if (start == 0)
            {
                start = (double)(quote?.Price ?? 0m);
                levels[i] = start == 0 ? 0 : 1;
                continue;
            }
            // Before the split of its day: a dividend is per share held at the close before.
            cash += shares * PaidOn(day, dividends);
            shares *= RatioOf(day, splits);
            if (quote is not { } session || session.Date != day)
            {
                levels[i] = levels[i - 1];
                continue;
            }
            var close = (double)session.Price;
            shares += cash / close;
            cash = 0;
            levels[i] = shares * close / start;
        }
    }

    private static double PaidOn(DateOnly day, IReadOnlyList<Dividend> dividends)
    {
        var paid = 0m;
        for (var i = 0; i < dividends.Count; i++) // an enumerator would be allocated
            if (dividends[i].ExDate == day)
                paid += dividends[i].Amount;
        return (double)paid;
    }

    private static double RatioOf(DateOnly day, IReadOnlyList<Split> splits)
    {
        var ratio = 1.0;
        for (var i = 0; i < splits.Count; i++)
            if (splits[i].ExecutionDate == day)
                ratio *= (double)splits[i].To / (double)splits[i].From;
        return ratio;
    }
}
