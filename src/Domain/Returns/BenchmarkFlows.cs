namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// The same cash flows into the benchmark: what the opening value and each flow had become, had they bought, or sold, units of the
/// benchmark at its level of their day (Long and Nickels, 1996, "index comparison"). With outflows greater than what the units were
/// worth the closing value is negative, and is told so.
/// </summary>
/// <param name="ClosingValue">Value of the units at the last level, rounded half-even to 10 decimals; null when there is none.</param>
/// <param name="Gain">Closing value - opening value - net of the flows; null when there is none.</param>
/// <param name="MoneyWeighted">Yearly internal rate of return of the same flows with this closing value.</param>
/// <param name="Reason">
/// Why there is none: <see cref="ReasonCodes.PriceMissing"/> when a level is not positive, <see cref="ReasonCodes.OutOfRange"/> when a
/// decimal does not hold it.
/// </param>
public readonly record struct BenchmarkFlows(decimal? ClosingValue, decimal? Gain, Measure MoneyWeighted, string? Reason)
{
    // A decimal holds 7.9e28; one flow may take a tenth of that, so that the sum of a few stays inside.
    private const double Greatest = 7e27;

    /// <summary>Computes it.</summary>
    /// <param name="opening">Day, value and benchmark level at the close before the range.</param>
    /// <param name="flows">Flows of the range in any order: day, amount (positive when paid in), level of that day.</param>
    /// <param name="closingDay">Last day of the range.</param>
    /// <param name="closingLevel">Level of the total-return index at its close.</param>
    public static BenchmarkFlows Of(BenchmarkFlow opening, ReadOnlySpan<BenchmarkFlow> flows, int closingDay, decimal closingLevel)
    {
        if (!TryGrow(opening, closingLevel, out var closing))
            return None(opening, closingLevel);
        var net = 0m;
        foreach (var flow in flows)
        {
            if (!TryGrow(flow, closingLevel, out var grown) || Math.Abs((double)closing + (double)grown) > Greatest)
                return None(flow, closingLevel);
            closing += grown;
            net += flow.Amount;
        }
        return new BenchmarkFlows(closing, closing - opening.Amount - net, Rate(opening, flows, closingDay, closing), null);
    }

    private static bool TryGrow(BenchmarkFlow flow, decimal closingLevel, out decimal grown)
    {
        grown = 0;
        if (flow.Amount == 0)
            return true;
        if (flow.Level <= 0 || closingLevel <= 0)
            return false;
        var growth = (double)closingLevel / (double)flow.Level;
        if (growth > Greatest || Math.Abs((double)flow.Amount) * growth > Greatest)
            return false;
        grown = Exact.Product(flow.Amount, closingLevel / flow.Level);
        return true;
    }

    private static BenchmarkFlows None(BenchmarkFlow flow, decimal closingLevel)
    {
        var reason = flow.Level <= 0 || closingLevel <= 0 ? ReasonCodes.PriceMissing : ReasonCodes.OutOfRange;
        return new BenchmarkFlows(null, null, Measure.None(reason), reason);
    }

    private static Measure Rate(BenchmarkFlow opening, ReadOnlySpan<BenchmarkFlow> flows, int closingDay, decimal closing)
    {
        var days = new int[flows.Length + 2];
        var amounts = new double[flows.Length + 2];
        (days[0], amounts[0]) = (opening.Day, -Exact.ToDouble(opening.Amount));
        for (var i = 0; i < flows.Length; i++)
            (days[i + 1], amounts[i + 1]) = (flows[i].Day, -Exact.ToDouble(flows[i].Amount));
        (days[^1], amounts[^1]) = (closingDay, Exact.ToDouble(closing));
        return Xirr.Of(days, amounts);
    }
}

/// <summary>A flow, and the level of the benchmark at which it would have bought units.</summary>
/// <param name="Day">Day from any origin.</param>
/// <param name="Amount">Money, positive when paid in.</param>
/// <param name="Level">Level of the benchmark's total-return index on that day, positive.</param>
public readonly record struct BenchmarkFlow(int Day, decimal Amount, decimal Level);
