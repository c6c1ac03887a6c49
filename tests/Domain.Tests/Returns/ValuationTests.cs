using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public class ValuationTests
{
    private const int Cases = 1_000;
    private static readonly Timeline All = new(Book.Day(1), Book.Day(Plan.Days));

    [Fact]
    public void Each_day_is_the_sum_of_the_holdings() =>
        Plan.Any.Sample(
            plan =>
            {
                var ledger = plan.ToBook().Ledger;
                var values = Values(ledger, All);
                return Enumerable
                    .Range(0, All.Length)
                    .All(i => Valuation.ToDecimal(values[i]) == ledger.HoldingsOn(All[i]).Sum(holding => holding.Value));
            },
            iter: Cases
        );

    [Fact]
    public void A_day_has_the_same_value_in_whatever_window() =>
        Gen.Select(Plan.Any, Plan.AnyRange)
            .Sample(
                (plan, days) =>
                {
                    var ledger = plan.ToBook().Ledger;
                    var window = new Timeline(Book.Day(days.From), Book.Day(days.To));
                    return Values(ledger, window).AsSpan().SequenceEqual(Values(ledger, All).AsSpan(days.From - 1, window.Length));
                },
                iter: Cases
            );

    [Fact]
    public void Values_are_added_to_what_is_there()
    {
        var values = new Int128[] { 5, 7, 9 };
        var timeline = new Timeline(Book.Day(1), Book.Day(3));

        Valuation.Add(
            [new PositionStep(Book.Day(2), 2, 0, 0, 0), new PositionStep(Book.Day(3), 0, 11, 11, 11)],
            timeline,
            [100_000_000, 150_000_000, 0],
            [],
            values
        );

        values.Should().Equal(5, 7 + 30_000_000_000, 9);
    }

    [Fact]
    public void Steps_outside_the_window_reach_in_or_do_not_matter()
    {
        var values = new Int128[2];
        PositionStep[] steps = [new(Book.Day(1), 1, 0, 0, 0), new(Book.Day(50), 9, 0, 0, 0)];

        Valuation.Add(steps, new Timeline(Book.Day(10), Book.Day(11)), [100_000_000, 100_000_000], [], values);

        values.Should().Equal(10_000_000_000, 10_000_000_000);
    }

    [Theory]
    [InlineData("0.001", 5, 0)] // 0.00000000005, to even
    [InlineData("0.003", 5, 2)] // 0.00000000015
    [InlineData("0.0010000001", 5, 1)]
    [InlineData("12345678.0123456789", 987654321, 1219326223456790111)] // 121932622.3456790111|12635...
    public void A_product_is_half_even_to_ten_decimals(string quantity, long close, long expected)
    {
        var values = new Int128[1];
        var held = decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture);

        Valuation.Add([new PositionStep(Book.Day(1), held, 0, 0, 0)], new Timeline(Book.Day(1), Book.Day(1)), [close], [], values);

        values[0].Should().Be(expected);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var book = new Book();
        var stock = book.Stock("A", (1, 10.01m), (20, 11m), (40, 12m));
        book.Buy(stock, 2, 10, 10);
        book.Buy(stock, 12, 0.123456789m, 10);
        book.Split(stock, 30, 3, 1);
        var (position, facts) = (book.Position(stock), book.Facts[stock]);
        var (closes, values) = (new long[All.Length], new Int128[All.Length]);
        Fold(); // first calls compile
        Fold();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Fold();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Fold()
        {
            facts.Prices.FillForward(All, facts.Splits, closes);
            Valuation.Add(position.Steps, All, closes, [], values);
        }
    }

    [Theory]
    [InlineData("USD", "EUR")] // as stored
    [InlineData("EUR", "USD")] // inverted
    [InlineData("GBX", "EUR")] // crossed, from a minor unit
    public void Nothing_is_allocated_with_rates_either(string from, string to)
    {
        var book = new Book();
        book.Rate("USD", "EUR", (1, 0.9213m), (20, 0.91m));
        book.Rate("GBP", "USD", (1, 1.2711m), (33, 1.3m));
        var stock = book.StockIn(from, "A", (1, 10.01m), (20, 11m), (40, 12m));
        book.Buy(stock, 2, 1000, 10);
        book.Buy(stock, 12, 0.123456789m, 10);
        var (position, facts) = (book.Position(stock), book.Facts[stock]);
        var rates = DayRate.Fill(book.RateBook, Currency.Parse(from), Currency.Parse(to), All)!;
        var (closes, values, changes) = (new long[All.Length], new Int128[All.Length], new decimal[All.Length]);
        changes[3] = 12.34m;
        Fold(); // first calls compile
        Fold();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Fold();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Fold()
        {
            facts.Prices.FillForward(All, facts.Splits, closes);
            Valuation.Add(position.Steps, All, closes, rates, values);
            Valuation.AddRunningSum(changes, rates, values);
        }
    }

    private static Int128[] Values(Ledger ledger, Timeline timeline)
    {
        var (closes, values) = (new long[timeline.Length], new Int128[timeline.Length]);
        foreach (var (facts, position, _) in ledger.Stocks)
        {
            facts.Prices.FillForward(timeline, facts.Splits, closes);
            Valuation.Add(position.Steps, timeline, closes, [], values);
        }
        return values;
    }
}
