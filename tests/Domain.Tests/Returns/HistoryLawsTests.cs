using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>A series says of each day what the day says of itself; a ledger is the sum of its parts.</summary>
public class HistoryLawsTests
{
    private const int Cases = 1_000;

    [Fact]
    public void Each_point_is_the_holdings_the_cost_and_the_cash_of_its_day() =>
        Gen.Select(World.Any, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var ledger = world.ToBook().Ledger;
                    if (History.Of([ledger], null, Book.Day(days.From), Book.Day(days.To), Resolution.Day) is not { } points)
                        return true;
                    return points.All(point =>
                    {
                        var held = ledger.HoldingsOn(point.Date);
                        return point.Value == held.Sum(holding => holding.Value) + ledger.CashOn(point.Date)
                            && point.Cost is null == held.Any(holding => holding.Cost is null)
                            && (point.Cost ?? 0) == (point.Cost is null ? 0 : held.Sum(holding => holding.Cost));
                    });
                },
                iter: Cases
            );

    [Fact]
    public void The_last_point_has_the_return_of_the_whole_range() =>
        Gen.Select(World.Any, Plan.AnyRange)
            .Sample(
                (world, days) =>
                {
                    var ledger = world.ToBook().Ledger;
                    var (from, to) = (Book.Day(days.From), Book.Day(days.To));
                    var measures = RangeMeasures.Of([ledger], from, to, FlowTiming.InAtStartOutAtEnd);
                    Same(History.Of([ledger], null, from, to, Resolution.Month), measures.Total);
                    foreach (var (id, one) in measures.Stocks)
                        Same(History.Of([ledger], id, from, to, Resolution.Week), one);
                },
                iter: Cases
            );

    [Fact]
    public void Points_of_weeks_and_months_are_those_of_their_last_days_with_the_flows_between() =>
        Gen.Select(World.Any, Plan.AnyRange, Gen.Enum<Resolution>())
            .Sample(
                (world, days, resolution) =>
                {
                    var ledger = world.ToBook().Ledger;
                    var (from, to) = (Book.Day(days.From), Book.Day(days.To));
                    if (History.Of([ledger], null, from, to, Resolution.Day) is not { } daily)
                        return true;
                    var points = History.Of([ledger], null, from, to, resolution)!;
                    var total = RangeReturns.Of(ledger, from, to).Total;
                    return points.All(point =>
                            daily.Any(day =>
                                day.Date == point.Date
                                && (day.Value, day.Cost, day.TimeWeighted) == (point.Value, point.Cost, point.TimeWeighted)
                            )
                        )
                        && points[^1].Date == to
                        && (
                            total.Parts is null
                            || (points.Sum(point => point.Inflow), points.Sum(point => point.Outflow)) == (total.Inflows, total.Outflows)
                        );
                },
                iter: Cases
            );

    [Fact]
    public void Buying_selling_all_and_buying_again_is_the_sum_of_its_parts() =>
        Gen.Select(World.Known, Plan.AnyRange, Gen.Int[1, 5000], Gen.Int[1, 20000])
            .Sample(
                (world, days, size, cents) =>
                {
                    var both = world.ToBook(until: 20);
                    foreach (var (facts, position, _) in both.Ledger.Stocks.ToList())
                        if (position.At(Book.Day(60)).Quantity is > 0 and var left)
                            both.Sell(facts.Id, 60, left, cents / 100m);
                    var (first, second) = (
                        Parts(both),
                        new Book(world.Cash, world.Method, both.Portfolio.Currency.Code) { Reporting = both.Reporting }
                    );
                    second.Share(both);
                    var entries = new[] { 61, 63, 67 }.Select(day => Buy(day, both.Facts.Keys.ElementAt(day % 5))).ToList();
                    second.Entries.AddRange(entries);
                    both.Entries.AddRange(entries);
                    var alone = Parts(second);
                    // a balance in another currency is rounded as a whole
                    return Math.Abs(Parts(both).Fx - first.Fx - alone.Fx) < 1e-8m
                        && Parts(both) with { Fx = 0 } == (first + alone) with { Fx = 0 };

                    Transaction Buy(int day, Id<Domain.Stocks.Stock> stock) =>
                        both.Make(
                            Book.Blank(TransactionKind.Buy, day) with
                            {
                                StockId = stock,
                                Quantity = size / 10m,
                                UnitPrice = cents / 100m,
                                Fee = 1,
                            }
                        );
                    GainParts Parts(Book book) => book.Range(days.From, days.To + 30).Total.Parts!;
                },
                iter: Cases
            );

    private static void Same(IReadOnlyList<HistoryPoint>? points, Measures measures)
    {
        if (points is null)
            Assert.Equal(ReasonCodes.FxRateMissing, measures.TimeWeighted.Reason);
        else if (measures.TimeWeighted.Value is { } growth)
            Assert.Equal(growth, points[^1].TimeWeighted!.Value, 1e-9 * Math.Max(1, Math.Abs(growth)));
        else
            Assert.Null(points[^1].TimeWeighted);
    }
}
