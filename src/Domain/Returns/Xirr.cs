using System.Buffers;

namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// The money-weighted rate: the yearly rate at which the present value of dated flows is 0, with years of 365 days (Excel's XIRR).
/// Roots are isolated, not guessed: the flows' positive and negative parts are both monotone in the rate, which bounds their difference on
/// any interval, so an interval either provably holds no root, or at most one, or is halved.
/// </summary>
public static class Xirr
{
    private const double DaysPerYear = 365;
    private const double Narrowest = 1e-11; // of ln(1 + rate): beyond it two roots are one to a double
    private const int MostHalvings = 200_000;

    /// <summary>Sum of amount x (1 + rate)^(-days / 365), days counted from the first flow.</summary>
    /// <param name="days">Day of each flow, in any order and from any origin.</param>
    /// <param name="amounts">Flows, as many as days.</param>
    /// <param name="rate">A yearly rate above -1.</param>
    public static double NetPresentValue(ReadOnlySpan<int> days, ReadOnlySpan<double> amounts, double rate)
    {
        var first = int.MaxValue;
        foreach (var day in days)
            first = Math.Min(first, day);
        var sum = 0.0;
        var logarithm = Math.Log(1 + rate);
        for (var i = 0; i < days.Length; i++)
            sum += amounts[i] * Math.Exp(-logarithm * (days[i] - first) / DaysPerYear);
        return sum;
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
        var times = ArrayPool<double>.Shared.Rent(days.Length);
        var flows = ArrayPool<double>.Shared.Rent(days.Length);
        try
        {
            var count = Merge(days, amounts, times, flows);
            return Solve(new Flows(times.AsSpan(0, count), flows.AsSpan(0, count)));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(times);
            ArrayPool<double>.Shared.Return(flows);
        }
    }

    // Ascending by day, one flow a day, none of them 0, the largest 1.
    private static int Merge(ReadOnlySpan<int> days, ReadOnlySpan<double> amounts, double[] times, double[] flows)
    {
        for (var i = 0; i < days.Length; i++)
            (times[i], flows[i]) = (days[i], amounts[i]);
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
        for (var i = count - 1; i >= 0; i--)
            (times[i], flows[i]) = ((times[i] - times[0]) / DaysPerYear, flows[i] / largest);
        return count;
    }

    private static Measure Solve(Flows flows)
    {
        // Descartes: without a change of sign there is no root, with one there is exactly one.
        var changes = flows.SignChanges();
        if (changes == 0)
            return Measure.None(ReasonCodes.NoRoot);
        var (low, high) = (-Bound(flows, backwards: true), Bound(flows, backwards: false));
        Span<double> roots = stackalloc double[2];
        var found = changes == 1 ? One(flows, low, high, roots) : Isolate(flows, low, high, roots);
        if (found <= 0)
            return Measure.None(found < 0 ? ReasonCodes.NotConverged : ReasonCodes.NoRoot);
        var rate = ToRate(roots[0]);
        if (!double.IsFinite(rate) || rate <= -1)
            return Measure.None(ReasonCodes.OutOfRange);
        return new Measure(rate, found > 1 ? ReasonCodes.MultipleRoots : null);
    }

    private static double ToRate(double logarithm) =>
        Math.Exp(logarithm) - 1 is var rate && Math.Abs(logarithm) < 1e-5 ? ExpM1(logarithm) : rate;

    // exp(x) - 1 for a small x, where the subtraction would lose digits.
    private static double ExpM1(double x) => x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4))))));

    // Beyond this the first flow (backwards: the last) outweighs all others together.
    private static double Bound(Flows flows, bool backwards)
    {
        var bound = 1.0;
        while (!flows.IsOutweighed(bound, backwards))
            bound *= 2;
        return bound;
    }

    private static int One(Flows flows, double low, double high, Span<double> roots)
    {
        roots[0] = Bisect(flows, low, high);
        return 1;
    }

    // Nearest to rate 0 first, until two roots are known: the nearest, and that there is another. -1 when there was no end of halving.
    private static int Isolate(Flows flows, double low, double high, Span<double> roots)
    {
        var open = new PriorityQueue<(double Low, double High), double>();
        open.Enqueue((low, 0), 0);
        open.Enqueue((0, high), 0);
        var found = 0;
        for (var halvings = 0; found < 2 && halvings < MostHalvings && open.TryDequeue(out var interval, out _); halvings++)
        {
            var (a, b) = interval;
            if (flows.HasNoRoot(a, b))
                continue;
            var monotone = flows.IsMonotone(a, b);
            if (!monotone && b - a > Narrowest)
            {
                var middle = (a + b) / 2;
                open.Enqueue((a, middle), DistanceOf(a, middle));
                open.Enqueue((middle, b), DistanceOf(middle, b));
            }
            else if (flows.At(a) * flows.At(b) <= 0 && IsNew(roots[..found], Bisect(flows, a, b)) is { } root)
                roots[found++] = root;
        }
        if (found == 0 && open.Count > 0)
            return -1;
        if (found == 2 && Math.Abs(ToRate(roots[1])) < Math.Abs(ToRate(roots[0])))
            (roots[0], roots[1]) = (roots[1], roots[0]);
        return found;
    }

    // A root on the border of two intervals is found from both sides.
    private static double? IsNew(ReadOnlySpan<double> known, double root) =>
        known.Length > 0 && Math.Abs(known[0] - root) <= 1e-9 * Math.Max(1, Math.Abs(root)) ? null : root;

    private static double DistanceOf(double low, double high) =>
        low <= 0 && high >= 0 ? 0 : Math.Min(Math.Abs(ToRate(low)), Math.Abs(ToRate(high)));

    private static double Bisect(Flows flows, double low, double high)
    {
        var atLow = flows.At(low);
        if (atLow == 0)
            return low;
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                return Math.Abs(flows.At(low)) <= Math.Abs(flows.At(high)) ? low : high;
            var atMiddle = flows.At(middle);
            if (atMiddle == 0)
                return middle;
            if (Math.Sign(atMiddle) == Math.Sign(atLow))
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>
    /// Flows a(i) at ascending times t(i) from 0, as a function of x = ln(1 + rate): sum of a(i) exp(-x t(i)). For x below 0 it is scaled by
    /// exp(x T), T the last time, so that no term overflows; the sign stays.
    /// </summary>
    private readonly ref struct Flows(ReadOnlySpan<double> times, ReadOnlySpan<double> amounts)
    {
        private readonly ReadOnlySpan<double> _times = times;
        private readonly ReadOnlySpan<double> _amounts = amounts;

        public int SignChanges()
        {
            var changes = 0;
            for (var i = 1; i < _amounts.Length; i++)
                changes += Math.Sign(_amounts[i]) == Math.Sign(_amounts[i - 1]) ? 0 : 1;
            return changes;
        }

        public double At(double x)
        {
            var (positive, negative, _, _) = Parts(x);
            return positive - negative;
        }

        public bool IsOutweighed(double bound, bool backwards)
        {
            var (one, last) = (backwards ? _amounts.Length - 1 : 0, _times[^1]);
            var others = 0.0;
            for (var i = 0; i < _amounts.Length; i++)
                if (i != one)
                    others += Math.Abs(_amounts[i]) * Math.Exp(-bound * (backwards ? last - _times[i] : _times[i]));
            return others < Math.Abs(_amounts[one]);
        }

        // On one side of 0 both parts are monotone (falling above 0, rising with the scale below): their difference lies between these.
        public bool HasNoRoot(double low, double high)
        {
            var (a, b) = (Parts(low), Parts(high));
            return Apart(a.Positive, b.Positive, a.Negative, b.Negative);
        }

        public bool IsMonotone(double low, double high)
        {
            var (a, b) = (Parts(low), Parts(high));
            return Apart(a.PositiveSlope, b.PositiveSlope, a.NegativeSlope, b.NegativeSlope);
        }

        private static bool Apart(double p1, double p2, double n1, double n2) =>
            Math.Min(p1, p2) > Math.Max(n1, n2) || Math.Max(p1, p2) < Math.Min(n1, n2);

        private (double Positive, double Negative, double PositiveSlope, double NegativeSlope) Parts(double x)
        {
            var last = _times[^1];
            double positive = 0,
                negative = 0,
                positiveSlope = 0,
                negativeSlope = 0;
            for (var i = 0; i < _amounts.Length; i++)
            {
                var distance = x >= 0 ? _times[i] : last - _times[i];
                var term = Math.Abs(_amounts[i]) * Math.Exp(-Math.Abs(x) * distance);
                if (_amounts[i] > 0)
                    (positive, positiveSlope) = (positive + term, positiveSlope + (term * distance));
                else
                    (negative, negativeSlope) = (negative + term, negativeSlope + (term * distance));
            }
            return (positive, negative, positiveSlope, negativeSlope);
        }
    }
}
