using System.Reflection;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>
/// Four laws over 20,000 random ledgers each: several currencies, late and missing rates, corporate actions, both cash modes, every cost
/// method.
/// </summary>
public class TwentyThousandLedgersTests
{
    private const int Cases = 20_000;

    private static readonly HashSet<string> Known =
    [
        .. typeof(ReasonCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void Parts_add_up_to_the_total_exactly() =>
        Gen.Select(World.Small, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var range = world.ToBook().Range(days.From, days.To);
                    var lines = range.Stocks.Select(stock => stock.Figures).Append(range.Cash).ToList();
                    if (lines.Exists(line => line.OpeningValue is null))
                        return range.Total == Figures.Unknown;
                    if (lines.Exists(line => line.Parts is null))
                        return range.Total is { Parts: null, Inflows: not null }
                            && lines.Sum(line => line.ClosingValue) == range.Total.ClosingValue
                            && lines.Sum(line => line.OpeningValue) == range.Total.OpeningValue;
                    return lines.Append(range.Total).All(Balances)
                        && lines.Aggregate(GainParts.None, (sum, line) => sum + line.Parts!) == range.Total.Parts
                        && lines.Sum(line => line.ClosingValue) == range.Total.ClosingValue
                        && lines.Sum(line => line.OpeningValue) == range.Total.OpeningValue
                        && lines.Sum(line => line.Gain) == range.Total.Gain;
                },
                iter: Cases
            );

    [Fact]
    public void Adjacent_ranges_chain() =>
        Gen.Select(World.Small, Plan.AnyRange, Gen.Int[1, 30])
            .Sample(
                (world, days, more) =>
                {
                    var (book, end) = (world.ToBook(), days.To + more);
                    var ledger = book.Ledger;
                    var (first, second, whole) = (Of(days.From, days.To), Of(days.To + 1, end), Of(days.From, end));
                    var known = first.Total.Parts is not null && second.Total.Parts is not null;
                    if (known && !Chain(first.Total, second.Total, whole.Total))
                        return false;
                    if (world.Acts.Length % 4 != 0) // the returns take most of the time
                        return true;
                    var (one, two, both) = (Growth(days.From, days.To), Growth(days.To + 1, end), Growth(days.From, end));
                    return (one is null || two is null) == both is null
                        && (both is null || Math.Abs((one!.Value * two!.Value) - both.Value) <= 1e-9 * Math.Max(1, Math.Abs(both.Value)));

                    RangeReturns Of(int from, int to) => RangeReturns.Of(ledger, Book.Day(from), Book.Day(to));
                    double? Growth(int from, int to) => 1 + TimeWeightedOf(ledger, from, to);
                },
                iter: Cases
            );

    [Fact]
    public void The_order_of_entering_is_irrelevant() =>
        Gen.Select(World.Small, Plan.AnyRange, Gen.Int)
            .Sample(
                (world, days, seed) =>
                {
                    var book = world.ToBook();
                    var before = book.Range(days.From, days.To);
                    var shuffled = book.Entries.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    book.Entries.Clear();
                    book.Entries.AddRange(shuffled);
                    var after = book.Range(days.From, days.To);
                    return after.Total == before.Total && after.Cash == before.Cash && after.Stocks.SequenceEqual(before.Stocks);
                },
                iter: Cases
            );

    [Fact]
    public void Every_figure_is_a_number_or_has_a_reason() =>
        Gen.Select(World.Small, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var book = world.ToBook();
                    var ledger = book.Ledger;
                    var range = RangeReturns.Of(ledger, Book.Day(days.From), Book.Day(days.To));
                    var reasons = range.AllReasons.ToList();
                    Assert.All(reasons, reason => Assert.Contains(reason.Code, Known));
                    foreach (var (figures, id) in range.Stocks.Select(stock => (stock.Figures, (Id<Domain.Stocks.Stock>?)stock.Stock.Id)))
                        HasReason(figures, reasons.Where(reason => reason.StockId == id));
                    HasReason(range.Total, reasons);
                    if (range.Cash.Parts is null)
                        Assert.Contains(reasons, reason => reason.Code == ReasonCodes.FxRateMissing);
                    foreach (var holding in ledger.HoldingsOn(Book.Day(days.To)))
                        IsNoSilentZero(holding);
                    if (world.Acts.Length % 4 == 0)
                        MeasuresHaveReasons(ledger, days);
                },
                iter: Cases
            );

    private static void HasReason(Figures figures, IEnumerable<Reason> reasons)
    {
        var codes = reasons.Select(reason => reason.Code).ToList();
        Assert.True(figures.Parts is null || (figures.ClosingValue is not null && figures.Inflows is not null));
        if (figures.Parts is null)
            Assert.Contains(ReasonCodes.FxRateMissing, codes);
        else if (figures.SimpleReturn is null)
            Assert.Contains(ReasonCodes.NoCapital, codes);
        else
            Assert.True(double.IsFinite(figures.SimpleReturn.Value));
    }

    private static void IsNoSilentZero(Holding holding)
    {
        var codes = holding.Marks.Select(mark => mark.Code).ToList();
        Assert.All(codes, code => Assert.Contains(code, Known));
        if (holding.Value is null || holding.Cost is null)
            Assert.Contains(ReasonCodes.FxRateMissing, codes);
        if (holding.Quote is null && holding.Value is not null)
            Assert.Contains(ReasonCodes.PriceMissing, codes);
        Assert.True(holding.Value != 0 || holding.Quote is null || holding.Quantity * holding.Quote.Value.Price < 0.0000001m);
    }

    private static void MeasuresHaveReasons(Ledger ledger, (int From, int To) days)
    {
        var (from, to) = (Book.Day(days.From), Book.Day(days.To));
        var measures = RangeMeasures.Of([ledger], from, to, FlowTiming.InAtStartOutAtEnd);
        foreach (
            var (_, measure) in measures.Stocks.Values.Append(measures.Total).SelectMany(one => one.Named.Append(("", one.Annualised)))
        )
        {
            Assert.True(measure.Reason is null || Known.Contains(measure.Reason));
            Assert.True(measure.Value is { } value ? double.IsFinite(value) : measure.Reason is not null || measure == default);
        }
        Assert.All(measures.Stocks.Values, one => Assert.True(double.IsFinite(one.Contribution ?? 0)));
        if (History.Of([ledger], null, from, to, Resolution.Day) is not { } points)
        {
            Assert.Contains(ledger.MarksThrough(from, to), reason => reason.Code == ReasonCodes.FxRateMissing);
            Assert.Equal(ReasonCodes.FxRateMissing, measures.Total.TimeWeighted.Reason);
            return;
        }
        Assert.All(points, point => Assert.True(double.IsFinite(point.TimeWeighted ?? 0)));
    }

    private static double? TimeWeightedOf(Ledger ledger, int from, int to) =>
        RangeMeasures.Of([ledger], Book.Day(from), Book.Day(to), FlowTiming.InAtStartOutAtEnd).Total.TimeWeighted.Value;

    private static bool Chain(Figures first, Figures second, Figures whole) =>
        whole.Parts is not null
        && first.Parts! + second.Parts! == whole.Parts
        && first.NetInflow + second.NetInflow == whole.NetInflow
        && first.ClosingValue == second.OpeningValue
        && first.OpeningValue == whole.OpeningValue
        && second.ClosingValue == whole.ClosingValue;

    private static bool Balances(Figures figures) =>
        figures.Gain == figures.ClosingValue - figures.OpeningValue - figures.Inflows + figures.Outflows;
}
