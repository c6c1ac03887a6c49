using BenchmarkDotNet.Attributes;
using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Benchmarks.Engine;

/// <summary>The money-weighted rate of flows over 30 years.</summary>
[MemoryDiagnoser]
public class XirrBenchmarks
{
    private int[] days = [];
    private double[] savings = [];
    private double[] mixed = [];

    /// <summary>How many flows.</summary>
    [Params(100, 10_000)]
    public int Flows { get; set; }

    /// <summary>Flows on random days, the same each time.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var dice = new Random(1);
        days = [.. Enumerable.Range(0, Flows).Select(_ => dice.Next(30 * 365)), 30 * 365];
        savings = [.. Enumerable.Range(0, Flows).Select(_ => -100 - dice.Next(1_000)), 2_000.0 * Flows];
        mixed = [.. Enumerable.Range(0, Flows + 1).Select(_ => dice.NextDouble() - 0.5)];
    }

    /// <summary>Paid in for years, taken out at the end: one change of sign.</summary>
    [Benchmark]
    public Measure Savings() => Xirr.Of(days, savings);

    /// <summary>Flows of any sign in any order: several rates, or none.</summary>
    [Benchmark]
    public Measure AnySign() => Xirr.Of(days, mixed);
}
