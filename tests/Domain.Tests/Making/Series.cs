using CsCheck;

namespace CleanPortfolio.Domain.Tests.Making;

/// <summary>Series of returns, published and random.</summary>
internal static class Series
{
    // The series of empyrical's published tests, version 0.5, empyrical/tests/test_stats.py; a missing first return is left out.
    public static readonly double[] Mixed = [0.01, 0.10, -0.04, 0.02, 0.03, 0.02, 0.01, -0.10];
    public static readonly double[] Weekly = [0, .. Mixed];
    public static readonly double[] Positive = [0.01, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01];
    public static readonly double[] Negative = [0, -0.06, -0.07, -0.01, -0.09, -0.02, -0.06, -0.08, -0.05];
    public static readonly double[] Flat = [.. Enumerable.Repeat(0.01, 9)];
    public static readonly double[] Step = [0, 0.01, 0, 0.01, 0, 0.01, 0, 0.01, 0];
    public static readonly double[] One =
    [
        -0.00171614,
        0.01322056,
        0.03063862,
        -0.01422057,
        -0.00489779,
        0.01268925,
        -0.03357711,
        0.01797036,
    ];
    public static readonly double[] Two = [0.01846232, 0.00793951, -0.01448395, 0.00422537, -0.00339611, 0.03756813, 0.0151531, 0.03549769];

    // The monthly example of C. R. Bacon, Practical Portfolio Performance Measurement and Attribution (2008), as in PerformanceAnalytics.
    public static readonly double[] Bacon =
    [
        .. new[] { 3, 26, 11, -10, 15, 25, 16, 67, -14, 40, -5, 81, 40, -37, -61, 17, -49, -22, 70, 58, -65, 24, -5, -9 }.Select(r =>
            r / 1_000.0
        ),
    ];
    public static readonly double[] BaconBenchmark =
    [
        .. new[] { 2, 25, 18, -11, 14, 18, 14, 65, -15, 42, -6, 83, 39, -38, -62, 15, -48, 21, 60, 56, -67, 19, -3, 0 }.Select(r =>
            r / 1_000.0
        ),
    ];

    /// <summary>Two to a hundred returns from -90 % to 100 %, in steps of 0.01 %.</summary>
    public static readonly Gen<double[]> Random = Gen.Int[-9_000, 10_000].Select(step => step / 10_000.0).Array[2, 100];

    /// <summary>Two such series of one length.</summary>
    public static readonly Gen<(double[] Own, double[] Other)> Pair = Gen.Select(
        Random,
        Gen.Int[0, int.MaxValue],
        (own, seed) =>
        {
            var random = new Random(seed);
            return (own, own.Select(r => (0.5 * r) + random.NextDouble() - 0.5).ToArray());
        }
    );

    /// <summary>Any finite numbers, however absurd as returns.</summary>
    public static readonly Gen<double[]> Absurd = Gen.OneOf(
            Gen.Double,
            Gen.Double[-3, 3],
            Gen.Const(-1.0),
            Gen.Const(0.0),
            Gen.Const(1e308)
        )
        .Where(double.IsFinite)
        .Array[0, 30];
}
