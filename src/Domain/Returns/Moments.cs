namespace CleanPortfolio.Domain.Returns;

/// <summary>Mean and sample deviation (n - 1) of numbers, computed so that equal numbers deviate by exactly 0 and squares do not overflow.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Deviation">Sample standard deviation; NaN for fewer than two numbers.</param>
internal readonly record struct Moments(double Mean, double Deviation)
{
    // A return is what is left of 1 + r when 1 is taken off, and a double holds 1 + r to 2e-16: a deviation of a few of these is rounding.
    private const double Rounding = 1e-15;

    /// <summary>Whether the numbers are equal as far as doubles that came from prices can tell.</summary>
    public bool IsConstant => IsRounding(Deviation, Mean);

    /// <summary>Whether <paramref name="deviation"/> is no more than the rounding of returns near <paramref name="level"/>.</summary>
    public static bool IsRounding(double deviation, double level) => deviation <= Rounding * (1 + Math.Abs(level));

    /// <summary>Of a(i) - b(i); of a(i) alone when <paramref name="b"/> is empty.</summary>
    public static Moments Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b = default)
    {
        var mean = MeanOf(a, b);
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs(At(a, b, i) - mean));
        if (largest == 0)
            return new Moments(mean, a.Length < 2 ? double.NaN : 0);
        var squares = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var part = (At(a, b, i) - mean) / largest;
            squares += part * part;
        }
        return new Moments(mean, largest * Math.Sqrt(squares / (a.Length - 1)));
    }

    /// <summary>
    /// Sum of (a(i) - mean a)(b(i) - mean b) / (n - 1) over the product of both deviations: Pearson's correlation, from -1 to 1.
    /// </summary>
    public static double Correlation(ReadOnlySpan<double> a, Moments ofA, ReadOnlySpan<double> b, Moments ofB)
    {
        var products = 0.0;
        for (var i = 0; i < a.Length; i++)
            products += (a[i] - ofA.Mean) / ofA.Deviation * ((b[i] - ofB.Mean) / ofB.Deviation);
        return Math.Clamp(products / (a.Length - 1), -1, 1);
    }

    // Around the first number, so that the mean of equal numbers is that number to the last digit.
    private static double MeanOf(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.IsEmpty)
            return double.NaN;
        var (first, sum) = (At(a, b, 0), 0.0);
        for (var i = 1; i < a.Length; i++)
            sum += At(a, b, i) - first;
        return first + (sum / a.Length);
    }

    private static double At(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int i) => b.IsEmpty ? a[i] : a[i] - b[i];
}
