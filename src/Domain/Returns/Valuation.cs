using System.Numerics;
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
    private static readonly Int128 SurelyFits = Int128.MaxValue / long.MaxValue; // times any close

    /// <summary>Adds quantity x close x rate of each day, half-even to 10 decimals, to <paramref name="values"/>.</summary>
    /// <param name="steps">The position's steps, ascending.</param>
    /// <param name="timeline">The days of all spans.</param>
    /// <param name="closes">From <see cref="PriceSeries.FillForward"/>; where it is 0 the position stands at its cost.</param>
    /// <param name="rates">Rate of each day into the reporting currency; empty within one currency.</param>
    /// <param name="values">Sums in units of 1e-10, added to.</param>
    /// <returns>False, with <paramref name="values"/> not to be relied on, when a rate is missing on a day that needs it.</returns>
    /// <exception cref="OverflowException">A value is beyond 1.7e28.</exception>
    public static bool Add(
        IReadOnlyList<PositionStep> steps,
        Timeline timeline,
        ReadOnlySpan<long> closes,
        ReadOnlySpan<DayRate> rates,
        Span<Int128> values
    )
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var start = Math.Max(0, timeline.IndexOf(steps[i].From));
            var end = i + 1 < steps.Count ? Math.Clamp(timeline.IndexOf(steps[i + 1].From), 0, values.Length) : values.Length;
            if (start >= end || steps[i].Quantity == 0)
                continue;
            var (quantity, cost) = (Units(steps[i].Quantity), Units(steps[i].Cost));
            if (rates.IsEmpty)
                Add(quantity, cost, closes[start..end], values[start..end]);
            else if (!Add(quantity, cost, closes[start..end], rates[start..end], values[start..end]))
                return false;
        }
        return true;
    }

    /// <summary>Adds the cost of the open lots of each day to <paramref name="values"/>, in units of 1e-10.</summary>
    public static void AddCosts(IReadOnlyList<PositionStep> steps, Timeline timeline, Span<Int128> values)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var start = Math.Max(0, timeline.IndexOf(steps[i].From));
            var end = i + 1 < steps.Count ? Math.Clamp(timeline.IndexOf(steps[i + 1].From), 0, values.Length) : values.Length;
            for (var (day, cost) = (start, Units(steps[i].Cost)); day < end; day++)
                values[day] += cost;
        }
    }

    /// <summary>Adds to each of <paramref name="values"/> the sum of the <paramref name="changes"/> up to it: a balance through time.</summary>
    /// <param name="changes">Change of the balance on each day.</param>
    /// <param name="rates">Rate of each day into the reporting currency; empty within one currency.</param>
    /// <param name="values">Sums in units of 1e-10, added to.</param>
    /// <returns>False, with <paramref name="values"/> not to be relied on, when a rate is missing on a day that needs it.</returns>
    public static bool AddRunningSum(ReadOnlySpan<decimal> changes, ReadOnlySpan<DayRate> rates, Span<Int128> values)
    {
        Int128 balance = 0;
        for (var i = 0; i < values.Length; i++)
        {
            balance += changes[i] == 0 ? 0 : Units(changes[i]);
            if (rates.IsEmpty || balance == 0)
                values[i] += balance;
            else if (rates[i].IsMissing)
                return false;
            else
                values[i] += rates[i].Convert(balance, 1);
        }
        return true;
    }

    /// <summary>A count of 1e-10 as a decimal without trailing zeros.</summary>
    /// <exception cref="OverflowException">It is beyond 7.9e18.</exception>
    public static decimal ToDecimal(Int128 units) => Exact.Trim((decimal)units / 1e10m);

    private static void Add(Int128 quantity, Int128 cost, ReadOnlySpan<long> closes, Span<Int128> values)
    {
        if (quantity > SurelyFits)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = checked(
                    values[i] + (closes[i] == 0 ? cost : (Int128)Exact.DivideHalfEven((BigInteger)quantity * closes[i], PriceSeries.Scale))
                );
            return;
        }
        var whole = quantity % Cent == 0;
        var hundredths = quantity / Cent;
        for (var i = 0; i < values.Length; i++)
            values[i] +=
                closes[i] == 0 ? cost
                : whole ? hundredths * closes[i]
                : DivideHalfEven(quantity * closes[i]);
    }

    private static bool Add(Int128 quantity, Int128 cost, ReadOnlySpan<long> closes, ReadOnlySpan<DayRate> rates, Span<Int128> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (closes[i] == 0)
                values[i] += cost;
            else if (rates[i].IsMissing)
                return false;
            else
                values[i] += rates[i].Convert(checked(quantity * closes[i]), PriceSeries.Scale);
        }
        return true;
    }

    private static Int128 DivideHalfEven(Int128 product)
    {
        var (quotient, remainder) = Int128.DivRem(product, PriceSeries.Scale);
        var up = remainder * 2 > PriceSeries.Scale || (remainder * 2 == PriceSeries.Scale && Int128.IsOddInteger(quotient));
        return up ? quotient + 1 : quotient;
    }

    internal static Int128 Units(decimal value) => ((Int128)decimal.Truncate(value) * One) + (Int128)(value % 1m * 1e10m);
}
