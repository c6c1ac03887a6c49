namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// Finds the rate nearest to zero at which discounted flows add up to 0, and whether there is another. Positive and negative terms are
/// both monotone in the rate, and so are their derivatives, which bounds them on any interval: an interval provably holds no root, or at
/// most one, or is bent one way only, or is halved. Partial sums bound the number of roots beyond a point (Laguerre), which for the
/// flows of nearly every investment settles all at rate 0.
/// </summary>
internal static class RootsOfRate
{
    private const double Highest = 709.75; // of ln(1 + rate), where a double ends
    private const double Lowest = 37.5; // of -ln(1 + rate), where a double rounds to -1
    private const double Narrowest = 1e-11; // of ln(1 + rate), for an interval that nothing else decides
    private const double SameRoot = 1e-9;
    private const double Blurred = 1e-2;
    private const int LeastHalvings = 2_000;
    private const int MostEvaluations = 200_000_000; // of single flows
    private const int MostSteps = 500;

    public static Measure Nearest(Discounted above, Discounted below)
    {
        var changes = above.SignChanges();
        if (changes == 0)
            return Measure.None(ReasonCodes.NoRoot);
        var (zero, mirrored) = (above.At(0), below.At(0));
        var search = new Search(above, below);
        if (changes == 1 && zero.MostBeyond == int.MaxValue)
            search.Add(zero.NewtonStep, backwards: false); // so near to 0 that a step from there arrives
        else if (changes == 1 || (zero.MostBeyond <= 1 && mirrored.MostBeyond <= 1))
        {
            if (zero.MostBeyond % 2 == 1)
                search.Add(Beyond(above, zero, Highest), backwards: false);
            if (mirrored.MostBeyond % 2 == 1)
                search.Add(Beyond(below, mirrored, Lowest), backwards: true);
        }
        else
            Isolate(above, below, zero, mirrored, ref search);
        return search.Answer();
    }

    // The one root known to lie above a point; infinite when it lies above the limit.
    private static double Beyond(Discounted flows, RatePoint from, double limit)
    {
        var root = Refine(flows, from, limit);
        return root > limit - 1e-6 ? double.PositiveInfinity : root;
    }

    private static void Isolate(Discounted above, Discounted below, RatePoint zero, RatePoint mirrored, ref Search search)
    {
        var open = new PriorityQueue<(bool Backwards, RatePoint Low, RatePoint High), double>();
        // One value at 0, whatever the order of summation: a root there is crossed once.
        mirrored = mirrored with
        {
            Positive = zero.Positive,
            Negative = zero.Negative,
        };
        var (last, first) = (above.At(Highest), below.At(Lowest));
        if (last.MostBeyond > 0 || first.MostBeyond > 0)
            search.SayMoreBeyond();
        open.Enqueue((false, zero, last), 0);
        open.Enqueue((true, mirrored, first), 0);
        var (cutAbove, cutBelow) = (double.PositiveInfinity, double.PositiveInfinity);
        var halvings = Math.Max(LeastHalvings, MostEvaluations / above.Count);
        while (open.TryDequeue(out var interval, out var distance))
        {
            if (search.IsSettledBefore(distance))
                return;
            if (halvings-- == 0)
            {
                search.GiveUp();
                return;
            }
            if (interval.Backwards)
                Look(below, interval, open, ref cutBelow, ref search);
            else
                Look(above, interval, open, ref cutAbove, ref search);
        }
    }

    // Nothing is left to find at or above the cut.
    private static void Look(
        Discounted flows,
        (bool Backwards, RatePoint Low, RatePoint High) interval,
        PriorityQueue<(bool Backwards, RatePoint Low, RatePoint High), double> open,
        ref double cut,
        ref Search search
    )
    {
        var (backwards, low, high) = interval;
        if (low.Y >= cut || RatePoint.NoRoot(low, high))
            return;
        if (low.MostBeyond <= 1)
        {
            cut = low.Y;
            if (low.MostBeyond == 1)
                search.Add(Beyond(flows, low, backwards ? Lowest : Highest), backwards);
        }
        else if (!TrySolve(flows, low, high, backwards, ref search))
        {
            var middle = flows.At(Between(low.Y, high.Y));
            open.Enqueue((backwards, low, middle), Distance(low.Y, backwards));
            open.Enqueue((backwards, middle, high), Distance(middle.Y, backwards));
        }
    }

    // Of the rate from 0.
    private static double Distance(double y, bool backwards) => Math.Abs(Search.ToRate(backwards ? -y : y));

    // Rates are likely near 0, and the end far away.
    private static double Between(double low, double high) => high > 1 && low < high / 8 ? high / 8 : (low + high) / 2;

    private static bool TrySolve(Discounted flows, RatePoint low, RatePoint high, bool backwards, ref Search search)
    {
        if (RatePoint.IsMonotone(low, high))
            Cross(flows, low, high, backwards, ref search);
        else if (RatePoint.IsCurvedOneWay(low, high))
        {
            var turn = Math.Sign(low.Slope) * Math.Sign(high.Slope) < 0 ? Turn(flows, low, high) : low;
            // Two roots that rounding can't tell apart, or one that is only touched.
            if (Math.Abs(turn.Value) <= flows.WorstRounding * turn.Magnitude && turn.Y > low.Y)
                search.Add(turn.Y, backwards);
            else
            {
                Cross(flows, low, turn, backwards, ref search);
                Cross(flows, turn, high, backwards, ref search);
            }
        }
        else if (high.Y - low.Y <= Narrowest)
            Cross(flows, low, high, backwards, ref search);
        else
            return false;
        return true;
    }

    private static void Cross(Discounted flows, RatePoint low, RatePoint high, bool backwards, ref Search search)
    {
        if (low.Y == high.Y)
            return;
        if (low.Value == 0)
            search.Add(low.Y, backwards);
        else if (high.Value == 0)
            search.Add(high.Y, backwards);
        else if (Math.Sign(low.Value) != Math.Sign(high.Value))
            search.Add(Refine(flows, low, high.Y), backwards);
    }

    private static RatePoint Turn(Discounted flows, RatePoint low, RatePoint high)
    {
        while (true)
        {
            var middle = flows.At(low.Y + ((high.Y - low.Y) / 2));
            if (middle.Y <= low.Y || middle.Y >= high.Y || middle.Slope == 0)
                return middle;
            if (Math.Sign(middle.Slope) == Math.Sign(low.Slope))
                low = middle;
            else
                high = middle;
        }
    }

    // Newton's steps as long as they stay between the ends and shorten, halving otherwise. NaN when there was no end of it.
    private static double Refine(Discounted flows, RatePoint low, double end)
    {
        var (start, sign, point) = (low.Y, Math.Sign(low.Value), low);
        var length = end - start;
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var step = point.NewtonStep;
            var next = point.Y + step;
            if (Math.Abs(point.Value) <= flows.UsualRounding * point.Magnitude)
                return next >= start && next <= end ? next : point.Y;
            // Written so that a step that is no number halves too.
            if (!(next > start && next < end && Math.Abs(step) <= length / 2))
                next = start + ((end - start) / 2);
            if (next <= start || next >= end)
                return point.Y;
            length = Math.Abs(next - point.Y);
            point = flows.At(next);
            if (point.Value == 0)
                return point.Y;
            if (Math.Sign(point.Value) == sign)
                start = point.Y;
            else
                end = point.Y;
        }
        return double.NaN;
    }

    /// <summary>What was found so far.</summary>
    private ref struct Search(Discounted above, Discounted below)
    {
        private readonly Discounted above = above;
        private readonly Discounted below = below;
        private double nearest;
        private int found;
        private bool gaveUp;
        private bool hasMoreBeyond;

        public static double ToRate(double logarithm)
        {
            // exp(x) - 1 without losing digits near 0 (W. Kahan).
            var growth = Math.Exp(logarithm);
            return growth == 1 ? logarithm
                : Math.Abs(logarithm) > 1 ? growth - 1
                : (growth - 1) * logarithm / Math.Log(growth);
        }

        public readonly bool IsSettledBefore(double distance) => found > 1 && distance >= Math.Abs(ToRate(nearest));

        public void GiveUp() => gaveUp = true;

        public void SayMoreBeyond() => hasMoreBeyond = true;

        public void Add(double root, bool backwards)
        {
            gaveUp |= double.IsNaN(root);
            hasMoreBeyond |= double.IsPositiveInfinity(root);
            var logarithm = backwards ? -root : root;
            if (!double.IsFinite(root) || !double.IsFinite(ToRate(logarithm)) || ToRate(logarithm) <= -1)
                return;
            if (found == 1 && IsSame(nearest, logarithm))
                return;
            found++;
            if (found == 1 || Math.Abs(ToRate(logarithm)) < Math.Abs(ToRate(nearest)))
                nearest = logarithm;
        }

        public readonly Measure Answer() =>
            gaveUp ? Measure.None(ReasonCodes.NotConverged)
            : found == 0 ? Measure.None(hasMoreBeyond ? ReasonCodes.OutOfRange : ReasonCodes.NoRoot)
            : new Measure(ToRate(nearest) + 0.0, found > 1 ? ReasonCodes.MultipleRoots : null); // + 0.0: there is no rate of -0

        // A root on the border of two intervals is found from both sides, and one of several in one scatters in rounding.
        private readonly bool IsSame(double one, double other)
        {
            if (Math.Abs(one - other) <= SameRoot)
                return true;
            var middle = (one + other) / 2;
            var between = middle >= 0 ? above.At(middle) : below.At(-middle);
            return Math.Abs(one - other) < Blurred && Math.Abs(between.Value) <= above.WorstRounding * between.Magnitude;
        }
    }
}
