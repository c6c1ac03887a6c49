using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// The value of positions day by day. Money inside the folds is a whole count of 1e-10 in 128 bits: sums are exact, nothing is allocated,
/// and a day's value is the same whatever window it is asked in.
/// </summary>
public static class Valuation
{
    private const long Cent = 100_000_000; // quantities that are whole counts of this (0.01 share) need no rounding
    private static readonly Int128 One = 10_000_000_000;

    /// <summary>Adds quantity x close of each day, half-even to 10 decimals, to <paramref name="values"/>.</summary>
    /// <param name="steps">The position's steps, ascending.</param>
    /// <param name="timeline">The days of both spans.</param>
    /// <param name="closes">From <see cref="PriceSeries.FillForward"/>; where it is 0 the position stands at its cost.</param>
    /// <param name="values">Sums in units of 1e-10, added to.</param>
    public static void Add(IReadOnlyList<PositionStep> steps, Timeline timeline, ReadOnlySpan<long> closes, Span<Int128> values)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var start = Math.Max(0, timeline.IndexOf(steps[i].From));
            var end = i + 1 < steps.Count ? Math.Clamp(timeline.IndexOf(steps[i + 1].From), 0, values.Length) : values.Length;
            if (start < end && steps[i].Quantity != 0)
                Add(Units(steps[i].Quantity), Units(steps[i].Cost), closes[start..end], values[start..end]);
        }
    }

    /// <summary>Adds to each of <paramref name="values"/> the sum of the <paramref name="changes"/> up to it: a balance through time.</summary>
    public static void AddRunningSum(ReadOnlySpan<decimal> changes, Span<Int128> values)
    {
        Int128 balance = 0;
        for (var i = 0; i < values.Length; i++)
            values[i] += balance += changes[i] == 0 ? 0 : Units(changes[i]);
    }

    /// <summary>A count of 1e-10 as a decimal without trailing zeros.</summary>
    public static decimal ToDecimal(Int128 units) => Exact.Trim((decimal)units / 1e10m);

    private static void Add(Int128 quantity, Int128 cost, ReadOnlySpan<long> closes, Span<Int128> values)
    {
        var whole = quantity % Cent == 0;
        var hundredths = quantity / Cent;
        for (var i = 0; i < values.Length; i++)
            values[i] +=
                closes[i] == 0 ? cost
                : whole ? hundredths * closes[i]
                : DivideHalfEven(quantity * closes[i]);
    }

    private static Int128 DivideHalfEven(Int128 product)
    {
        var (quotient, remainder) = Int128.DivRem(product, PriceSeries.Scale);
        var up = remainder * 2 > PriceSeries.Scale || (remainder * 2 == PriceSeries.Scale && Int128.IsOddInteger(quotient));
        return up ? quotient + 1 : quotient;
    }

    private static Int128 Units(decimal value) => ((Int128)decimal.Truncate(value) * One) + (Int128)(value % 1m * 1e10m);
}
