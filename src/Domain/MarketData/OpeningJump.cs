namespace CleanPortfolio.Domain.MarketData;

/// <summary>Finds openings that look like a split that nobody told, or like an error.</summary>
public static class OpeningJump
{
    /// <summary>Moves up to this factor, up or down, are nothing special.</summary>
    public const decimal Least = 1.4m;

    /// <summary>Moves beyond this factor, up or down, are hardly true.</summary>
    public const decimal Outlying = PriceJudgement.Leap;

    // Splits are whole numbers for one, two or three: of ratios with larger numbers on both sides one lies near any move.
    private const int MostNew = 20;
    private const int MostOld = 3;
    private const decimal Tolerance = 0.02m;

    private static readonly (int Larger, int Smaller)[] Ratios =
    [
        .. from smaller in Enumerable.Range(1, MostOld)
        from larger in Enumerable.Range(2, MostNew - 1)
        where larger > smaller * Least && (smaller == 1 || larger % smaller != 0)
        select (larger, smaller),
    ];

    /// <summary>The finding about a session that opened at <paramref name="open"/> after a close of <paramref name="before"/>; null when it is nothing special.</summary>
    /// <param name="day">The session.</param>
    /// <param name="before">The close before, more than 0.</param>
    /// <param name="open">The first price, more than 0.</param>
    /// <param name="applied">New shares per old one by the splits applied in between; null when there is none.</param>
    public static QualityFinding? Judge(DateOnly day, decimal before, decimal open, decimal? applied)
    {
        var expected = before / (applied ?? 1);
        if (open > expected * Outlying || open * Outlying < expected)
            return Of(FindingKind.Outlier, $"Closed at {Text(before)} and opened at {Text(open)}, more than fifty times apart.");
        if (applied is not null || SplitLike(before, open) is not var (to, from))
            return null;
        return Of(
            FindingKind.UnexplainedJump,
            $"Closed at {Text(before)} and opened at {Text(open)}, as after a split of {from} to {to}; none is known."
        );

        QualityFinding Of(FindingKind kind, string detail) => new(kind, day, day, 1, null, detail);
    }

    /// <summary>The split of old to new shares that explains a move within 2 %: the nearest one; null when none does, or the move is small.</summary>
    public static (int To, int From)? SplitLike(decimal before, decimal open)
    {
        var (high, low) = before > open ? (before, open) : (open, before);
        if (high <= low * Least)
            return null;
        var (larger, smaller) = Ratios.MinBy(ratio => Miss(high / low, ratio));
        if (Miss(high / low, (larger, smaller)) > Tolerance)
            return null;
        return before > open ? (larger, smaller) : (smaller, larger);
    }

    private static decimal Miss(decimal move, (int Larger, int Smaller) ratio) => Math.Abs((move * ratio.Smaller / ratio.Larger) - 1);

    private static string Text(decimal price) => price.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
