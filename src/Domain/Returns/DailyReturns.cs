using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// Time-weighted returns of trading days: those on which a stock that was held has a price of its own. What happens on the days between is
/// linked into the next trading day; days without capital are no returns.
/// </summary>
/// <param name="Starts">Day whose close each return starts from.</param>
/// <param name="Days">The trading days, ascending.</param>
/// <param name="Returns">Their returns, fractions.</param>
/// <param name="TimeWeighted">All of them linked, or why there are none.</param>
public sealed record DailyReturns(IReadOnlyList<DateOnly> Starts, IReadOnlyList<DateOnly> Days, double[] Returns, Measure TimeWeighted)
{
    /// <summary>Returns of ledgers as one, or of one stock in them.</summary>
    /// <param name="ledgers">Ledgers of one reporting currency.</param>
    /// <param name="stock">The one stock; null for the whole.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="timing">When within its day a flow happens.</param>
    public static DailyReturns Of(IReadOnlyCollection<Ledger> ledgers, Id<Stock>? stock, DateOnly from, DateOnly to, FlowTiming timing)
    {
        var series = new DailySeries(new Timeline(from.AddDays(-1), to));
        if (!series.TryFill(ledgers, stock))
            return new DailyReturns([], [], [], Measure.None(ReasonCodes.FxRateMissing));
        series.AsDoubles(out var values, out var inflows, out var outflows);
        var (daily, capital) = (new double[inflows.Length], new bool[inflows.Length]);
        var linked = Domain.Returns.TimeWeighted.Of(values, inflows, outflows, timing, daily);
        // Money that comes in after everything was lost works again, though it can't grow the loss away.
        for (var i = 0; i < capital.Length; i++)
            capital[i] = values[i] != 0 || inflows[i] - (timing is FlowTiming.StartOfDay ? outflows[i] : 0) != 0;
        return linked.Value is null ? new DailyReturns([], [], [], linked) : Link(series, daily, capital, linked);
    }

    private static DailyReturns Link(DailySeries series, double[] daily, bool[] capital, Measure linked)
    {
        var (starts, days, returns) = (new List<DateOnly>(), new List<DateOnly>(), new List<double>());
        var (growth, start) = (1.0, -1);
        for (var i = 0; i < daily.Length; i++)
        {
            if (!capital[i])
                continue;
            growth *= 1 + daily[i];
            start = start < 0 ? i : start;
            if (!series.Sessions[i + 1])
                continue;
            starts.Add(series.Timeline[start]);
            days.Add(series.Timeline[i + 1]);
            returns.Add(growth - 1);
            (growth, start) = (1.0, -1);
        }
        // What came after the last session belongs to it.
        if (start >= 0 && returns.Count > 0)
            returns[^1] = ((1 + returns[^1]) * growth) - 1;
        return new DailyReturns(starts, days, [.. returns], linked);
    }
}
