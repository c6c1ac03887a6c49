using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>How far a computed answer can be relied on.</summary>
public enum QualityStatus
{
    /// <summary>Every input was there.</summary>
    Complete,

    /// <summary>Some price was old or stood in for; figures are given.</summary>
    Estimated,

    /// <summary>Some input was missing; the figures that need it are null.</summary>
    Incomplete,
}

/// <summary>Why an answer is not complete, or why a figure is null.</summary>
/// <param name="Code">One of <see cref="ReasonCodes"/>.</param>
/// <param name="StockId">The stock concerned, if any.</param>
/// <param name="Date">The day concerned, if any.</param>
/// <param name="Detail">For people.</param>
public sealed record Reason(string Code, Id<Stock>? StockId, DateOnly? Date, string Detail);

/// <summary>Stable codes of <see cref="Reason"/>.</summary>
public static class ReasonCodes
{
    /// <summary>The price in force is more than 7 calendar days old.</summary>
    public const string Stale = "stale";

    /// <summary>There is no price yet: the position stands at its cost.</summary>
    public const string PriceMissing = "priceMissing";

    /// <summary>No exchange rate is known: the figures are null, never 1 : 1.</summary>
    public const string FxRateMissing = "fxRateMissing";

    /// <summary>Dividends of a benchmark are in another currency than its prices and left out of its return.</summary>
    public const string DividendSkipped = "dividendSkipped";

    /// <summary>The exchange rate in force is more than 7 calendar days old.</summary>
    public const string FxRateStale = "fxRateStale";

    /// <summary>No capital was at work, so that there is nothing to relate a gain to.</summary>
    public const string NoCapital = "noCapital";

    /// <summary>Some day's capital was negative, or nothing net of a debt: no return can be related to it.</summary>
    public const string CapitalNotPositive = "capitalNotPositive";

    /// <summary>No rate makes the flows' present value 0.</summary>
    public const string NoRoot = "noRoot";

    /// <summary>Several rates make the flows' present value 0; the one nearest to zero is given.</summary>
    public const string MultipleRoots = "multipleRoots";

    /// <summary>The search for the rate was given up: the flows are degenerate beyond what doubles can tell apart.</summary>
    public const string NotConverged = "notConverged";

    /// <summary>The figure exists but is beyond what a double holds.</summary>
    public const string OutOfRange = "outOfRange";

    /// <summary>A range of less than 365 days has no yearly rate.</summary>
    public const string ShorterThanYear = "shorterThanYear";

    /// <summary>The figure needs more returns than there are: two where it has a deviation in it, one elsewhere.</summary>
    public const string TooFewReturns = "tooFewReturns";

    /// <summary>The deviation that the figure divides by is 0, or no more than what rounding leaves of equal returns.</summary>
    public const string ZeroDeviation = "zeroDeviation";

    /// <summary>The value never fell below an earlier one, so that there is no drawdown to divide by.</summary>
    public const string NoDrawdown = "noDrawdown";

    /// <summary>No day has both a return and a return of the benchmark.</summary>
    public const string NoOverlap = "noOverlap";

    /// <summary>A split that came after the trades leaves more sold than held.</summary>
    public const string LedgerOversold = "ledgerOversold";
}

/// <summary>Status and reasons of a computed answer.</summary>
public sealed record Quality(QualityStatus Status, IReadOnlyList<Reason> Reasons)
{
    /// <summary>The status that follows from <paramref name="reasons"/>.</summary>
    public static Quality Of(IEnumerable<Reason> reasons)
    {
        var list = reasons.DistinctBy(reason => (reason.Code, reason.StockId, reason.Date)).ToList();
        var status =
            list.Exists(reason => reason.Code is ReasonCodes.FxRateMissing or ReasonCodes.LedgerOversold) ? QualityStatus.Incomplete
            : list.Exists(reason =>
                reason.Code is ReasonCodes.Stale or ReasonCodes.FxRateStale or ReasonCodes.PriceMissing or ReasonCodes.DividendSkipped
            )
                ? QualityStatus.Estimated
            : QualityStatus.Complete;
        return new Quality(status, list);
    }
}
