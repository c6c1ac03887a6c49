using BenchmarkDotNet.Attributes;
using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Benchmarks.Engine;

/// <summary>Values of 50 stocks on every day of ten years (2,520 sessions): histories filled forward, positions folded over them.</summary>
[MemoryDiagnoser]
public class FoldBenchmarks
{
    private readonly Books books = new(stocks: 50, sessions: 2_520, transactions: 1_000);
    private Timeline timeline;
    private long[] closes = [];
    private Int128[] values = [];

    /// <summary>Makes room.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        timeline = new Timeline(books.Days[0], books.Days[^1]);
        closes = new long[timeline.Length];
        values = new Int128[timeline.Length];
    }

    /// <summary>Allocates nothing.</summary>
    [Benchmark]
    public Int128 Fold()
    {
        Array.Clear(values);
        foreach (var (facts, position, _) in books.Ledger.Stocks)
        {
            facts.Prices.FillForward(timeline, facts.Splits, closes);
            Valuation.Add(position.Steps, timeline, closes, [], values);
        }
        return values[^1];
    }
}
