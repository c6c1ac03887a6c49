using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Returns;

/// <summary>How far apart the points of a series are.</summary>
public enum Resolution
{
    /// <summary>Every calendar day.</summary>
    Day,

    /// <summary>The last day of each week that ends on Sunday, and the last day of the range.</summary>
    Week,

    /// <summary>The last day of each month, and the last day of the range.</summary>
    Month,
}

/// <summary>One point of a series.</summary>
/// <param name="Date">Last day of the interval.</param>
/// <param name="Value">Value at its close, tracked cash included.</param>
/// <param name="Cost">Cost of the open lots at its close, charges included; null while something is held whose purchase lacks an exchange rate.</param>
/// <param name="Inflow">What came in since the point before.</param>
/// <param name="Outflow">What went out since the point before.</param>
/// <param name="TimeWeighted">Time-weighted return from the first day of the series to this one; null from a day without positive capital on.</param>
public readonly record struct HistoryPoint(
    DateOnly Date,
    decimal Value,
    decimal? Cost,
    decimal Inflow,
    decimal Outflow,
    double? TimeWeighted
)
{
    /// <summary>Inflow - outflow.</summary>
    public decimal NetInflow => Inflow - Outflow;
}

/// <summary>The value of ledgers, or of one stock in them, through time.</summary>
public static class History
{
    /// <summary>Points from <paramref name="from"/> to <paramref name="to"/>; null when an exchange rate is missing.</summary>
    /// <param name="ledgers">Ledgers of one reporting currency, as one.</param>
    /// <param name="stock">The one stock to look at; null for the whole.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="resolution">Distance of the points.</param>
    /// <param name="timing">When within its day a flow happens.</param>
    public static IReadOnlyList<HistoryPoint>? Of(
        IReadOnlyCollection<Ledger> ledgers,
        Id<Stock>? stock,
        DateOnly from,
        DateOnly to,
        Resolution resolution,
        FlowTiming timing = FlowTiming.InAtStartOutAtEnd
    ) => Of(ledgers, stock, from, to, resolution, timing, out _);

    /// <summary>The same, with the return over all of it, or why it ends on the way.</summary>
    /// <param name="ledgers">Ledgers of one reporting currency, as one.</param>
    /// <param name="stock">The one stock to look at; null for the whole.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="resolution">Distance of the points.</param>
    /// <param name="timing">When within its day a flow happens.</param>
    /// <param name="linked">The time-weighted return of the whole range.</param>
    public static IReadOnlyList<HistoryPoint>? Of(
        IReadOnlyCollection<Ledger> ledgers,
        Id<Stock>? stock,
        DateOnly from,
        DateOnly to,
        Resolution resolution,
        FlowTiming timing,
        out Measure linked
    )
    {
        linked = Measure.None(ReasonCodes.FxRateMissing);
        var series = new DailySeries(new Timeline(from.AddDays(-1), to));
        if (!series.TryFill(ledgers, stock))
            return null;
        var (costs, unknown) = (new Int128[series.Timeline.Length], new bool[series.Timeline.Length]);
        foreach (var held in ledgers.SelectMany(ledger => ledger.Stocks).Where(held => stock is null || held.Facts.Id == stock))
        {
            Valuation.AddCosts(held.Position.Steps, series.Timeline, costs);
            if (held.Position.RateMissingOn is { } missing)
                for (var i = Math.Max(0, series.Timeline.IndexOf(missing)); i < unknown.Length; i++)
                    unknown[i] |= held.Position.At(series.Timeline[i]).Quantity != 0;
        }
        var growth = Growth(series, timing, out linked);
        return Sample(series, costs, unknown, resolution, growth);
    }

    /// <summary>
    /// Value, inflow and outflow of each day from the one before <paramref name="from"/> to <paramref name="to"/>: what all measures are made
    /// of. Null when an exchange rate is missing.
    /// </summary>
    public static IReadOnlyList<(DateOnly Date, decimal Value, decimal Inflow, decimal Outflow)>? Days(
        IReadOnlyCollection<Ledger> ledgers,
        Id<Stock>? stock,
        DateOnly from,
        DateOnly to
    )
    {
        var series = new DailySeries(new Timeline(from.AddDays(-1), to));
        if (!series.TryFill(ledgers, stock))
            return null;
        var days = new (DateOnly, decimal, decimal, decimal)[series.Timeline.Length];
        for (var i = 0; i < days.Length; i++)
            days[i] = (series.Timeline[i], Valuation.ToDecimal(series.Values[i]), series.In[i], series.Out[i]);
        return days;
    }

    // Cumulative return at the end of each day of the range; null from where there is none.
    private static double?[] Growth(DailySeries series, FlowTiming timing, out Measure whole)
    {
        series.AsDoubles(out var values, out var inflows, out var outflows);
        var daily = new double[inflows.Length];
        Array.Fill(daily, double.NaN);
        whole = TimeWeighted.Of(values, inflows, outflows, timing, daily);
        var growth = new double?[series.Timeline.Length];
        var linked = 1.0;
        for (var i = 1; i < growth.Length; i++)
        {
            linked *= 1 + daily[i - 1];
            growth[i] = double.IsFinite(linked) ? linked - 1 : null;
        }
        return growth;
    }

    private static List<HistoryPoint> Sample(
        DailySeries series,
        Int128[] costs,
        bool[] costUnknown,
        Resolution resolution,
        double?[] growth
    )
    {
        var points = new List<HistoryPoint>();
        var (inflow, outflow) = (0m, 0m);
        for (var i = 1; i < costs.Length; i++)
        {
            (inflow, outflow) = (inflow + series.In[i], outflow + series.Out[i]);
            if (i < costs.Length - 1 && !EndsInterval(series.Timeline[i], resolution))
                continue;
            var value = Valuation.ToDecimal(series.Values[i]);
            decimal? cost = costUnknown[i] ? null : Valuation.ToDecimal(costs[i]);
            points.Add(new HistoryPoint(series.Timeline[i], value, cost, inflow, outflow, growth[i]));
            (inflow, outflow) = (0m, 0m);
        }
        return points;
    }

    private static bool EndsInterval(DateOnly day, Resolution resolution) =>
        resolution switch
        {
            Resolution.Day => true,
            Resolution.Week => day.DayOfWeek is DayOfWeek.Sunday,
            _ => day.AddDays(1).Day == 1,
        };
}
