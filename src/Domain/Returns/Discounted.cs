namespace CleanPortfolio.Domain.Returns;

/// <summary>
/// Flows a(i) at distances d(i), ascending from 0, as a function of y >= 0: sum of a(i) exp(-y d(i)). With distances from the first flow
/// y = ln(1 + rate), for rates above 0; with distances from the last flow y = -ln(1 + rate), for rates below 0. No term can overflow.
/// </summary>
internal readonly ref struct Discounted(ReadOnlySpan<double> distances, ReadOnlySpan<double> amounts)
{
    private const double Epsilon = 1.2e-16;

    private readonly ReadOnlySpan<double> _distances = distances;
    private readonly ReadOnlySpan<double> _amounts = amounts;

    public int Count => _amounts.Length;

    /// <summary>What rounding may make of a sum of these, relative to the sum of absolute terms, at worst.</summary>
    public double WorstRounding => Epsilon * (16 + Count);

    /// <summary>The same as it usually is.</summary>
    public double UsualRounding => Epsilon * (4 + Math.Sqrt(Count));

    public int SignChanges()
    {
        var changes = 0;
        for (var i = 1; i < _amounts.Length; i++)
            changes += Math.Sign(_amounts[i]) == Math.Sign(_amounts[i - 1]) ? 0 : 1;
        return changes;
    }

    /// <summary>The sums at <paramref name="y"/>.</summary>
    public RatePoint At(double y)
    {
        double positive = 0,
            negative = 0,
            positiveSlope = 0,
            negativeSlope = 0,
            positiveCurve = 0,
            negativeCurve = 0;
        var variation = new Variation(WorstRounding);
        for (var i = 0; i < _amounts.Length; i++)
        {
            var distance = _distances[i];
            var term = Math.Abs(_amounts[i]) * Math.Exp(-y * distance);
            var (slope, curve) = (term * distance, term * distance * distance);
            if (_amounts[i] > 0)
                (positive, positiveSlope, positiveCurve) = (positive + term, positiveSlope + slope, positiveCurve + curve);
            else
                (negative, negativeSlope, negativeCurve) = (negative + term, negativeSlope + slope, negativeCurve + curve);
            variation.Add(positive - negative, positive + negative);
        }
        return new RatePoint(
            y,
            positive,
            negative,
            positiveSlope,
            negativeSlope,
            positiveCurve,
            negativeCurve,
            variation.IsSure ? variation.Most : int.MaxValue
        );
    }

    // Most changes of sign that a row of numbers can have, when those lost in rounding may have either sign.
    private ref struct Variation(double rounding)
    {
        private int endingPositive = -1;
        private int endingNegative = -1;

        public bool IsSure { get; private set; }

        public readonly int Most => Math.Max(endingPositive, endingNegative);

        public void Add(double sum, double magnitude)
        {
            IsSure = Math.Abs(sum) > rounding * magnitude;
            var started = endingPositive >= 0 || endingNegative >= 0;
            var positive = started ? Math.Max(endingPositive, endingNegative >= 0 ? endingNegative + 1 : -1) : 0;
            var negative = started ? Math.Max(endingNegative, endingPositive >= 0 ? endingPositive + 1 : -1) : 0;
            endingPositive = IsSure && sum < 0 ? -1 : positive;
            endingNegative = IsSure && sum > 0 ? -1 : negative;
        }
    }
}

/// <summary>The sums of discounted flows at one place, positive and negative ones apart: each of the six falls as y grows.</summary>
/// <param name="Y">The place.</param>
/// <param name="Positive">Sum of positive terms.</param>
/// <param name="Negative">Sum of the absolute values of negative terms.</param>
/// <param name="PositiveSlope">Positive terms x distance: - the first derivative.</param>
/// <param name="NegativeSlope">The same of negative terms.</param>
/// <param name="PositiveCurve">Positive terms x distance^2: the second derivative.</param>
/// <param name="NegativeCurve">The same of negative terms.</param>
/// <param name="MostBeyond">
/// Most roots above Y: changes of sign among the partial sums (Laguerre's extension of Descartes' rule); the number of roots is this or
/// less by an even number. Int32.MaxValue when the value itself is lost in rounding.
/// </param>
internal readonly record struct RatePoint(
    double Y,
    double Positive,
    double Negative,
    double PositiveSlope,
    double NegativeSlope,
    double PositiveCurve,
    double NegativeCurve,
    int MostBeyond
)
{
    public double Value => Positive - Negative;

    public double Slope => NegativeSlope - PositiveSlope;

    public double Magnitude => Positive + Negative;

    /// <summary>
    /// Newton's step on ln(positive) - ln(negative), whose roots are the same, but which is a straight line for two flows and nearly one
    /// for many, at any rate and any scale.
    /// </summary>
    public double NewtonStep => (Math.Log(Positive) - Math.Log(Negative)) / ((PositiveSlope / Positive) - (NegativeSlope / Negative));

    /// <summary>No root from a to b.</summary>
    public static bool NoRoot(RatePoint a, RatePoint b) =>
        Keeps(
            a,
            b,
            new(a.Positive, a.PositiveSlope),
            new(b.Positive, b.PositiveSlope),
            new(a.Negative, a.NegativeSlope),
            new(b.Negative, b.NegativeSlope)
        );

    /// <summary>At most one root from a to b: the slope keeps its sign.</summary>
    public static bool IsMonotone(RatePoint a, RatePoint b) =>
        Keeps(
            a,
            b,
            new(a.PositiveSlope, a.PositiveCurve),
            new(b.PositiveSlope, b.PositiveCurve),
            new(a.NegativeSlope, a.NegativeCurve),
            new(b.NegativeSlope, b.NegativeCurve)
        );

    /// <summary>At most two roots from a to b: the curvature keeps its sign.</summary>
    public static bool IsCurvedOneWay(RatePoint a, RatePoint b) =>
        Apart(a.PositiveCurve, b.PositiveCurve, a.NegativeCurve, b.NegativeCurve);

    // Both sums fall and are convex: the greater one stays above its tangents at both ends, the lesser one below its chord.
    private static bool Keeps(RatePoint a, RatePoint b, Falling p1, Falling p2, Falling n1, Falling n2)
    {
        if (p1.Height > n1.Height && p2.Height > n2.Height)
            return IsAbove(b.Y - a.Y, p1, p2, n1.Height, n2.Height);
        return p1.Height < n1.Height && p2.Height < n2.Height && IsAbove(b.Y - a.Y, n1, n2, p1.Height, p2.Height);
    }

    private static bool IsAbove(double width, Falling start, Falling end, double low, double lowEnd)
    {
        // Where the two tangents meet their height over the chord is least.
        var meet = (start.Height - end.Height - (end.Fall * width)) / (start.Fall - end.Fall);
        return !(meet > 0 && meet < width) || start.Height - (start.Fall * meet) > low + ((lowEnd - low) * meet / width);
    }

    private static bool Apart(double p1, double p2, double n1, double n2) =>
        Math.Min(p1, p2) > Math.Max(n1, n2) || Math.Max(p1, p2) < Math.Min(n1, n2);

    // A sum and what it falls by per unit.
    private readonly record struct Falling(double Height, double Fall);
}
