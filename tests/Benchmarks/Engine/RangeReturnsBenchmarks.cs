using BenchmarkDotNet.Attributes;
using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Benchmarks.Engine;

/// <summary>A ledger of 5,000 transactions in 100 stocks over ten years.</summary>
[MemoryDiagnoser]
public class RangeReturnsBenchmarks
{
    private readonly Books books = new(stocks: 100, sessions: 2_520, transactions: 5_000);

    /// <summary>Entries to positions.</summary>
    [Benchmark]
    public Ledger FoldLedger() => new(books.Ledger.Portfolio, books.Entries, books.Facts);

    /// <summary>Figures of the whole range, per stock and in total.</summary>
    [Benchmark]
    public RangeReturns WholeRange() => RangeReturns.Of(books.Ledger, books.Days[0], books.Days[^1]);

    /// <summary>Figures of one year in the middle.</summary>
    [Benchmark]
    public RangeReturns OneYear() => RangeReturns.Of(books.Ledger, books.Days[1_260], books.Days[1_512]);
}
