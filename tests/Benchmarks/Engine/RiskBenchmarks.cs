using BenchmarkDotNet.Attributes;
using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Benchmarks.Engine;

/// <summary>Risk and benchmark figures of ten years of daily returns.</summary>
[MemoryDiagnoser]
public class RiskBenchmarks
{
    private readonly double[] returns = [.. Enumerable.Range(0, 2_520).Select(i => Math.Sin(i) / 100)];
    private readonly double[] other = [.. Enumerable.Range(0, 2_520).Select(i => Math.Cos(i) / 100)];

    /// <summary>All figures of the series alone.</summary>
    [Benchmark]
    public RiskFigures Alone() => Risk.Of(returns, RiskOptions.Daily);

    /// <summary>All figures against a benchmark.</summary>
    [Benchmark]
    public BenchmarkFigures AgainstBenchmark() => Benchmark.Of(returns, other, RiskOptions.Daily);
}
