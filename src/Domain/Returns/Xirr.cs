using System.Buffers;

namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// The money-weighted rate: the yearly rate at which the present value of dated flows is 0, with years of 365 days (Excel's XIRR).
/// Roots are isolated, not guessed (<see cref="RootsOfRate"/>), then refined by Newton's method inside an interval known to hold one root.
/// </summary>
public static class Xirr
{
    internal const double DaysPerYear = 365;

    /// <summary>Sum of amount x (1 + rate)^(-days / 365), days counted from the first flow (Excel's XNPV).</summary>
    /// <param name="days">Day of each flow, in any order and from any origin.</param>
    /// <param name="amounts">Flows, as many as days.</param>
    /// <param name="rate">A yearly rate above -1.</param>
    public static double NetPresentValue(ReadOnlySpan<int> days, ReadOnlySpan<double> amounts, double rate)
    {
        if (days.Length != amounts.Length)
            throw new ArgumentException("As many days as amounts are needed.", nameof(days));
        var first = int.MaxValue;
        foreach (var day in days)
            first = Math.Min(first, day);
        var sum = 0.0;
        var logarithm = Math.Log(1 + rate);
        for (var i = 0; i < days.Length; i++)
            sum += amounts[i] * Math.Exp(-logarithm * ((double)days[i] - first) / DaysPerYear);
        return sum;
    }

    /// <summary>
    /// |<see cref="NetPresentValue"/>| / sum of absolute amounts: how well a rate solves the flows. Near -1 the distance between two
    /// doubles alone may be worth more than 1e-9.
    /// </summary>
    /// <param name="days">Day of each flow, in any order and from any origin.</param>
    /// <param name="amounts">Flows, as many as days.</param>
    /// <param name="rate">A yearly rate above -1.</param>
    public static double Residual(ReadOnlySpan<int> days, ReadOnlySpan<double> amounts, double rate)
    {
        var sum = 0.0;
        foreach (var amount in amounts)
            sum += Math.Abs(amount);
        return sum == 0 ? 0 : Math.Abs(NetPresentValue(days, amounts, rate)) / sum;
    }

    /// <summary>The rate of dated flows.</summary>
    /// <param name="days">Day of each flow, in any order and from any origin.</param>
    /// <param name="amounts">Flows as the investor sees them: paid in negative, received positive. As many as days; finite.</param>
    /// <returns>
    /// The rate, above -1. Of several the one nearest to zero, with <see cref="ReasonCodes.MultipleRoots"/>. Null with
    /// <see cref="ReasonCodes.NoRoot"/> when there is none, with <see cref="ReasonCodes.OutOfRange"/> when no double holds it, with
    /// <see cref="ReasonCodes.NotConverged"/> when the search was given up.
    /// </returns>
    public static Measure Of(ReadOnlySpan<int> days, ReadOnlySpan<double> amounts)
    {
        if (days.Length != amounts.Length)
            throw new ArgumentException("As many days as amounts are needed.", nameof(days));
        var times = ArrayPool<double>.Shared.Rent(2 * days.Length);
        var flows = ArrayPool<double>.Shared.Rent(2 * days.Length);
        try
        {
            var count = Merge(days, amounts, times, flows);
            if (count < 0)
                return Measure.None(ReasonCodes.OutOfRange);
            if (count == 0)
                return Measure.None(ReasonCodes.NoRoot);
            // The same flows seen from the last one back: for rates below 0.
            for (var i = 0; i < count; i++)
                (times[count + i], flows[count + i]) = (times[count - 1] - times[count - 1 - i], flows[count - 1 - i]);
            return RootsOfRate.Nearest(
                new Discounted(times.AsSpan(0, count), flows.AsSpan(0, count)),
                new Discounted(times.AsSpan(count, count), flows.AsSpan(count, count))
            );
        }
        finally
        {
            ArrayPool<double>.Shared.Return(times);
            ArrayPool<double>.Shared.Return(flows);
        }
    }

    // Ascending by day, in years from the first, one flow a day, none of them 0, the largest 1. Below 0 when they add up to no double.
    private static int Merge(ReadOnlySpan<int> days, ReadOnlySpan<double> amounts, double[] times, double[] flows)
    {
        var ascending = true;
        for (var i = 0; i < days.Length; i++)
        {
            (times[i], flows[i]) = (days[i], amounts[i]);
            ascending &= i == 0 || days[i] >= days[i - 1];
        }
        if (!ascending)
            Array.Sort(times, flows, 0, days.Length);
        var (count, largest) = (0, 0.0);
        for (var i = 0; i < days.Length; )
        {
            var (day, sum) = (times[i], 0.0);
            for (; i < days.Length && times[i] == day; i++)
                sum += flows[i];
            if (sum == 0)
                continue;
            (times[count], flows[count]) = (day, sum);
            largest = Math.Max(largest, Math.Abs(sum));
            count++;
        }
        if (!double.IsFinite(largest))
            return -1;
        for (var i = count - 1; i >= 0; i--)
            (times[i], flows[i]) = ((times[i] - times[0]) / DaysPerYear, flows[i] / largest);
        return count;
    }
}
