namespace CleanPortfolio.Domain.Stocks;

/// <summary>Whether the prices of two tickers can be one series: a company that changes its ticker does not change its price.</summary>
public static class Seam
{
    private const decimal GreatestFactor = 3;

    /// <summary>The days around a change on which the neighbouring prices are looked for.</summary>
    public const int DaysAround = 30;

    /// <summary>
    /// Whether the price goes on: from the last close before to the first one after, by at most a factor of 3 up or down, with the splits
    /// executed in between taken into account.
    /// </summary>
    /// <param name="before">Last close under the old ticker, more than 0; null when none is known, which refuses nothing.</param>
    /// <param name="after">First close under the new one, likewise.</param>
    /// <param name="splits">Splits executed after the one and not after the other.</param>
    public static bool Holds(decimal? before, decimal? after, IEnumerable<(decimal From, decimal To)> splits)
    {
        if (before is not { } old || after is not { } young)
            return true;
        foreach (var (from, to) in splits)
            (old, young) = (old * from, young * to);
        return young <= old * GreatestFactor && old <= young * GreatestFactor;
    }
}
