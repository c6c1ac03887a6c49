using CleanPortfolio.Domain.Portfolios;

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
/// <param name="NetInflow">What crossed the border since the point before.</param>
public readonly record struct HistoryPoint(DateOnly Date, decimal Value, decimal NetInflow);

/// <summary>A ledger's value through time.</summary>
public static class History
{
    /// <summary>Points from <paramref name="timeline"/>'s first day to its last; null when an exchange rate is missing.</summary>
    public static IReadOnlyList<HistoryPoint>? Of(Ledger ledger, Timeline timeline, Resolution resolution)
    {
        var reporting = ledger.Portfolio.Currency;
        var values = new Int128[timeline.Length];
        var closes = new long[timeline.Length];
        foreach (var (facts, position, _) in ledger.Stocks)
        {
            if (!position.IsHeld(timeline.First, timeline.Last))
                continue;
            if (facts.Currency != reporting || position.RateMissingOn <= timeline.Last)
                return null;
            facts.Prices.FillForward(timeline, facts.Splits, closes);
            Valuation.Add(position.Steps, timeline, closes, values);
        }
        if (ledger.RatesMissing(timeline.First, timeline.Last).Any())
            return null;
        AddCash(ledger, timeline, values);
        var flows = new decimal[timeline.Length];
        foreach (var (date, amount) in ledger.ExternalFlows(timeline.First, timeline.Last))
            flows[timeline.IndexOf(date)] += amount;
        return Sample(timeline, resolution, values, flows);
    }

    /// <summary>Adds the balance of tracked cash on each day to <paramref name="values"/>; the rates of all entries until then are known.</summary>
    internal static void AddCash(Ledger ledger, Timeline timeline, Span<Int128> values)
    {
        if (ledger.Portfolio.Cash is CashMode.External)
            return;
        // What came before the first day is the balance that the first day starts with.
        var changes = new decimal[timeline.Length];
        foreach (var entry in ledger.Entries.TakeWhile(entry => entry.Date <= timeline.Last))
            changes[Math.Max(0, timeline.IndexOf(entry.Date))] += Amounts.Of(entry, ledger.Portfolio.Currency)!.Value.Cash(entry.Kind);
        Valuation.AddRunningSum(changes, values);
    }

    private static List<HistoryPoint> Sample(Timeline timeline, Resolution resolution, Int128[] values, decimal[] flows)
    {
        var points = new List<HistoryPoint>();
        var inflow = 0m;
        for (var i = 0; i < values.Length; i++)
        {
            inflow += flows[i];
            if (i < values.Length - 1 && !EndsInterval(timeline[i], resolution))
                continue;
            points.Add(new HistoryPoint(timeline[i], Valuation.ToDecimal(values[i]), inflow));
            inflow = 0m;
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
