using BenchmarkDotNet.Attributes;
using CleanPortfolio.Domain.Returns;

namespace CleanPortfolio.Benchmarks.Engine;

/// <summary>Every return of 5,000 transactions in 100 stocks over 20 years, per stock and in total, without I/O.</summary>
[MemoryDiagnoser]
public class AllReturnsBenchmarks
{
    private readonly Books books = new(stocks: 100, sessions: 5_040, transactions: 5_000);

    /// <summary>Gains and their parts: both ends of the range.</summary>
    [Benchmark]
    public RangeReturns Gains() => RangeReturns.Of(books.Ledger, books.Days[0], books.Days[^1]);

    /// <summary>Time-weighted, money-weighted and Dietz returns and contributions: every day of the range.</summary>
    [Benchmark]
    public RangeMeasures Measures() => RangeMeasures.Of([books.Ledger], books.Days[0], books.Days[^1], FlowTiming.InAtStartOutAtEnd);

    /// <summary>The time-weighted return of the whole, alone.</summary>
    [Benchmark]
    public DailyReturns Daily() => DailyReturns.Of([books.Ledger], null, books.Days[0], books.Days[^1], FlowTiming.InAtStartOutAtEnd);
}
