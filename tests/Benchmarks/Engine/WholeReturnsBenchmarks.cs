using BenchmarkDotNet.Attributes;
using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Benchmarks.Engine;

/// <summary>All returns of a ledger of 5,000 transactions in 100 stocks over twenty years, of the whole and of each stock, without I/O.</summary>
[MemoryDiagnoser]
public class WholeReturnsBenchmarks
{
    private readonly Books books = new(stocks: 100, sessions: 5_040, transactions: 5_000);

    /// <summary>Entries to positions, once for each loaded portfolio.</summary>
    [Benchmark]
    public Ledger Fold() => new(books.Ledger.Portfolio, books.Entries, books.Facts);

    /// <summary>Values, flows, gains and their parts.</summary>
    [Benchmark]
    public RangeReturns Figures() => RangeReturns.Of(books.Ledger, books.Days[0], books.Days[^1]);

    /// <summary>Time-weighted, money-weighted, Modified Dietz and contribution.</summary>
    [Benchmark]
    public RangeMeasures MeasuresOfAll() => RangeMeasures.Of([books.Ledger], books.Days[0], books.Days[^1], FlowTiming.InAtStartOutAtEnd);

    /// <summary>Both.</summary>
    [Benchmark]
    public (RangeReturns, RangeMeasures) Whole() => (Figures(), MeasuresOfAll());
}
