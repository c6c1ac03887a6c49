using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.MarketData;

/// <summary>A close that the provider told, whether or not it is among the prices at present.</summary>
/// <param name="Date">Its session.</param>
/// <param name="Close">The close, more than 0, not adjusted for splits.</param>
/// <param name="Trusted">An operator vouches for it: it is never held.</param>
public readonly record struct KnownClose(DateOnly Date, decimal Close, bool Trusted = false);

/// <summary>
/// Finds closes that leap so far from those around them that they can't be true. A leap that lasts is left alone: it may be true, and
/// which side of it is wrong nobody can tell from the prices.
/// </summary>
public static class PriceJudgement
{
    /// <summary>
    /// A close more than so many times another, or less than the inverse of it, after splits, is a leap. The usual error is a hundred, cents
    /// for dollars, and the price itself moves meanwhile: the limit must lie well below.
    /// </summary>
    public const int Leap = 50;

    /// <summary>
    /// The sessions whose closes are not to be believed: those that leap against both neighbours, which agree with each other; and the last
    /// one when it leaps, until one that follows confirms its level.
    /// </summary>
    /// <param name="closes">Everything told of one stock, in any order, one of a day.</param>
    /// <param name="splits">The splits that are applied.</param>
    public static IReadOnlySet<DateOnly> Unbelievable(IEnumerable<KnownClose> closes, IReadOnlyCollection<Split> splits)
    {
        var (series, held) = (closes.OrderBy(close => close.Date).ToList(), new HashSet<DateOnly>());
        KnownClose? before = null;
        for (var i = 0; i < series.Count; i++)
        {
            if (before is not { } last || !StandsAlone(last, i))
                before = series[i];
            else if (!series[i].Trusted)
                held.Add(series[i].Date);
        }
        return held;

        // What an operator vouches for stays, but nothing is measured by it as long as it stands alone.
        bool StandsAlone(KnownClose last, int i) =>
            Leaps(last, series[i], splits)
            && (i == series.Count - 1 || (Leaps(series[i], series[i + 1], splits) && !Leaps(last, series[i + 1], splits)));
    }

    /// <summary>Whether a price that moved from one close to another, with the splits between, moved further than <see cref="Leap"/> times.</summary>
    public static bool Leaps(KnownClose from, KnownClose to, IEnumerable<Split> splits)
    {
        var moved = Fraction.Of(to.Close, from.Close);
        foreach (var split in splits)
            if (split.ExecutionDate > from.Date && split.ExecutionDate <= to.Date)
                moved *= Fraction.Of(split.To, split.From);
        return moved.Size > new Fraction(Leap, 1);
    }
}
