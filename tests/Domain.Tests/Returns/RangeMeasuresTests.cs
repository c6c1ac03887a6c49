using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public class RangeMeasuresTests
{
    private const int Cases = 1_000;
    private static readonly (decimal From, decimal To)[] ExactRatios = [(1, 2), (1, 4), (1, 5), (1, 10), (2, 1), (4, 1), (10, 1), (2, 5)];

    [Fact]
    public void Percentages_stay_right_after_several_buys()
    {
        var book = new Book();
        var stock = book.Stock("S", (1, 10), (2, 11), (3, 11), (4, 12.1m));
        book.Buy(stock, 1, 10, 10); // 100 in, worth 100
        book.Buy(stock, 3, 100, 11); // 1,100 in: 110 -> 1,210
        // 100 / 100, 110 / 100, 1,210 / (110 + 1,100), 1,331 / 1,210: 10 % and 10 %
        var measures = Of(book, 1, 4);

        measures.Total.TimeWeighted.Value.Should().BeApproximately(0.21, 1e-15);
        measures.Stocks[stock].TimeWeighted.Should().Be(measures.Total.TimeWeighted);
        // gain 131 over 100 x 3/4 + 1,100 x 1/4
        measures.Total.ModifiedDietz.Value.Should().BeApproximately(131 / 350.0, 1e-15);
    }

    [Fact]
    public void A_dividend_counts_on_its_day()
    {
        var book = new Book();
        var stock = book.Stock("S", (1, 10), (2, 9));
        book.Buy(stock, 1, 10, 10);
        book.Dividend(stock, 2, 10);

        Of(book, 1, 2).Total.TimeWeighted.Value.Should().BeApproximately(0, 1e-15); // (90 + 10) / 100
    }

    [Fact]
    public void A_deposit_without_a_price_change_leaves_the_time_weighted_return()
    {
        var book = new Book(CashMode.Tracked);
        var stock = book.Stock("S", (1, 10), (3, 12));
        book.Cash(TransactionKind.Deposit, 1, 100);
        book.Buy(stock, 1, 10, 10);
        var before = Of(book, 1, 2).Total.TimeWeighted;
        book.Cash(TransactionKind.Deposit, 2, 5_000);

        Of(book, 1, 2).Total.TimeWeighted.Should().Be(before);
    }

    [Fact]
    public void What_is_wholly_lost_has_a_money_weighted_rate_of_minus_one()
    {
        var book = new Book();
        var stock = book.Stock("S", (1, 10));
        book.Buy(stock, 1, 10, 10);
        book.Sell(stock, 20, 10, 0);

        Of(book, 1, 30).Total.MoneyWeighted.Value.Should().Be(-1);
    }

    [Fact]
    public void One_purchase_held_for_a_year_has_one_rate_whichever_way_it_is_weighted()
    {
        var book = new Book();
        var stock = book.Stock("S", (1, 100), (366, 110));
        book.Buy(stock, 1, 1, 100);
        // Opening value 100 at the close of day 1, closing value 110 at the close of day 366: 365 days.
        var measures = Of(book, 2, 366).Total;

        measures.Days.Should().Be(365);
        measures.TimeWeighted.Value.Should().BeApproximately(0.1, 1e-14);
        measures.Annualised.Value.Should().BeApproximately(0.1, 1e-14);
        measures.MoneyWeighted.Value.Should().BeApproximately(0.1, 1e-14);
        measures.MoneyWeightedPeriod.Value.Should().BeApproximately(0.1, 1e-14);
        measures.ModifiedDietz.Value.Should().BeApproximately(0.1, 1e-14);
    }

    [Fact]
    public void A_currency_without_a_rate_makes_the_measures_unknown()
    {
        var book = new Book();
        var stock = book.StockIn(Currency.Parse("EUR"), "S", (1, 10));
        book.Buy(stock, 1, 10, 10);

        Of(book, 1, 2).Total.Should().Be(Measures.None(ReasonCodes.FxRateMissing, 2));
    }

    [Fact]
    public void What_is_held_in_another_currency_before_or_after_the_range_does_not_matter()
    {
        var book = new Book();
        var (other, held) = (book.StockIn(Currency.Parse("EUR"), "E", (1, 10)), book.Stock("S", (1, 10), (4, 11)));
        var buy = Book.Blank(TransactionKind.Buy, 1) with
        {
            StockId = other,
            Quantity = 1,
            UnitPrice = 10,
            Currency = Currency.Parse("EUR"),
            FxRate = 1.1m,
        };
        book.Add(buy);
        book.Add(buy with { Kind = TransactionKind.Sell, Date = Book.Day(2) });
        book.Buy(held, 3, 1, 10);
        book.Add(buy with { Date = Book.Day(5), FxRate = null });

        Of(book, 3, 4).Total.TimeWeighted.Value.Should().BeApproximately(0.1, 1e-15);
        Of(book, 2, 4).Total.Should().Be(Measures.None(ReasonCodes.FxRateMissing, 3));
        Of(book, 3, 5).Total.Should().Be(Measures.None(ReasonCodes.FxRateMissing, 3));
    }

    [Fact]
    public void A_rate_that_no_double_holds_over_the_range_is_no_number_there()
    {
        var measures = new Measures(Measure.Of(0), Measure.Of(1e20), Measure.Of(0), 20 * 365);

        measures.MoneyWeightedPeriod.Should().Be(Measure.None(ReasonCodes.OutOfRange));
        (measures with { Days = 10 * 365 }).MoneyWeightedPeriod.Value.Should().BeGreaterThan(1e199);
    }

    [Fact]
    public void Splitting_a_range_and_chaining_gives_the_same_time_weighted_return() =>
        Gen.Select(Plan.Any, Plan.AnyRange, Gen.Int[0, 30])
            .Sample(
                (plan, days, more) =>
                {
                    var book = plan.ToBook();
                    var (first, second) = (Twr(book, days.From, days.To), Twr(book, days.To + 1, days.To + 1 + more));
                    return first is null
                        || second is null
                        || IsClose((1 + first.Value) * (1 + second.Value), 1 + Twr(book, days.From, days.To + 1 + more)!.Value);
                },
                iter: Cases
            );

    [Fact]
    public void A_split_with_the_price_moved_by_its_ratio_changes_no_measure() =>
        Gen.Select(Plan.Unsplit, Plan.AnyRange, Gen.Int[0, 2], Gen.Int[1, Plan.Days], Gen.Int[0, ExactRatios.Length - 1])
            .Sample(
                (plan, days, stock, day, ratio) =>
                {
                    var (from, to) = ExactRatios[ratio];
                    var (without, with) = (
                        Of(plan.ToBook(), days.From, days.To),
                        Of(plan.ToBook(extra: (stock, day, from, to)), days.From, days.To)
                    );
                    return AreClose(without.Total, with.Total);
                },
                iter: Cases
            );

    [Fact]
    public void Scaling_every_quantity_leaves_every_measure() =>
        Gen.Select(Plan.Unsplit, Plan.AnyRange, Gen.Int[2, 50])
            .Sample(
                (plan, days, scale) =>
                    AreClose(Of(plan.ToBook(), days.From, days.To).Total, Of(plan.ToBook(scale), days.From, days.To).Total),
                iter: Cases
            );

    [Fact]
    public void No_measure_is_ever_not_a_number() =>
        Gen.Select(Plan.Any, Plan.AnyRange)
            .Sample(
                (plan, days) =>
                {
                    var measures = Of(plan.ToBook(), days.From, days.To);
                    return measures
                        .Stocks.Values.Append(measures.Total)
                        .SelectMany(of =>
                            new[] { of.TimeWeighted, of.MoneyWeighted, of.MoneyWeightedPeriod, of.ModifiedDietz, of.Annualised }
                        )
                        .All(measure => measure.Value is { } value ? double.IsFinite(value) : measure.Reason is not null);
                },
                iter: Cases
            );

    private static RangeMeasures Of(Book book, int from, int to) =>
        RangeMeasures.Of([book.Ledger], Book.Day(from), Book.Day(to), FlowTiming.InAtStartOutAtEnd);

    private static double? Twr(Book book, int from, int to) => Of(book, from, to).Total.TimeWeighted.Value;

    private static bool AreClose(Measures a, Measures b) =>
        IsClose(a.TimeWeighted.Value, b.TimeWeighted.Value)
        && IsClose(a.ModifiedDietz.Value, b.ModifiedDietz.Value)
        && (
            a.MoneyWeighted.Reason is not null
            || b.MoneyWeighted.Reason is not null
            || IsClose(a.MoneyWeighted.Value, b.MoneyWeighted.Value)
        );

    private static bool IsClose(double? a, double? b) =>
        a.HasValue == b.HasValue && (a is null || Math.Abs(a.Value - b!.Value) <= 1e-7 * Math.Max(1, Math.Abs(a.Value)));
}
