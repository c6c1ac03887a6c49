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
    /// Bars before a split's execution date: prices x from / to, volume x to / from. Bars before an ex-date: prices x (1 - amount / close of
    /// the last session before it); a dividend as large as that close, or in a session without one before it, is passed over. The factor
    /// method of CRSP and of the provider's historical_adjustment_factor. Half-even to 10 decimals.
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
            // Per share of the day before the ex-date, so before a split of the same day is undone.
            for (; dividendsLeft.TryPeek(out var dividend) && dividend.ExDate > bar.Date; dividendsLeft.Pop())
                price *= dividend.Amount < bar.Close ? 1 - (dividend.Amount / bar.Close) : 1;
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
}
