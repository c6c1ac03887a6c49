using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Returns;

public class HistoryTests
{
    [Fact]
    public void Each_point_is_the_value_of_its_day_and_the_flows_since_the_one_before() =>
        Gen.Select(Plan.Any, Plan.AnyRange, Gen.Enum<Resolution>())
            .Sample(
                (plan, days, resolution) =>
                {
                    var (book, previous) = (plan.ToBook(), Book.Day(days.From).AddDays(-1));
                    var points = History.Of([book.Ledger], null, Book.Day(days.From), Book.Day(days.To), resolution)!;
                    foreach (var point in points)
                    {
                        var total = RangeReturns.Of(book.Ledger, previous.AddDays(1), point.Date).Total;
                        if (point.Value != total.ClosingValue || point.NetInflow != total.NetInflow)
                            return false;
                        previous = point.Date;
                    }
                    return previous == Book.Day(days.To);
                },
                iter: 1_000
            );

    [Theory]
    [InlineData(Resolution.Day, new[] { 5, 6, 7, 8, 9 })]
    [InlineData(Resolution.Week, new[] { 7, 9 })] // 2024-01-07 is a Sunday
    [InlineData(Resolution.Month, new[] { 9 })]
    public void Points_are_the_last_days_of_their_intervals(Resolution resolution, int[] days) =>
        History
            .Of([new Book().Ledger], null, Book.Day(5), Book.Day(9), resolution)!
            .Select(point => point.Date)
            .Should()
            .Equal(days.Select(Book.Day));

    [Fact]
    public void Months_end_on_their_last_day() =>
        History
            .Of([new Book().Ledger], null, Book.Day(1), Book.Day(61), Resolution.Month)!
            .Select(point => point.Date)
            .Should()
            .Equal(new DateOnly(2024, 1, 31), new DateOnly(2024, 2, 29), new DateOnly(2024, 3, 1));

    [Fact]
    public void Without_a_rate_there_is_no_series()
    {
        var book = new Book(CashMode.Tracked);
        book.Add(Book.Blank(TransactionKind.Deposit, 1) with { Amount = 1, Currency = Currency.Parse("EUR") });

        History.Of([book.Ledger], null, Book.Day(1), Book.Day(2), Resolution.Day).Should().BeNull();
        var reason = book.Ledger.MarksThrough(Book.Day(1), Book.Day(2)).Should().ContainSingle().Subject;
        (reason.Code, reason.Date).Should().Be((ReasonCodes.FxRateMissing, Book.Day(1)));
    }

    [Theory]
    [InlineData(CashMode.Tracked)]
    [InlineData(CashMode.External)]
    public void A_rate_that_is_missing_later_does_not_matter_before(CashMode cash)
    {
        var book = new Book(cash);
        var stock = book.Stock("S", (1, 10));
        book.Buy(stock, 1, 10, 10);
        book.Add(Book.Blank(TransactionKind.Interest, 5) with { Amount = 1, Currency = Currency.Parse("EUR") });
        book.Add(
            Book.Blank(TransactionKind.Buy, 5) with
            {
                StockId = stock,
                Quantity = 1,
                UnitPrice = 1,
                Currency = Currency.Parse("EUR"),
            }
        );

        History.Of([book.Ledger], null, Book.Day(1), Book.Day(4), Resolution.Day).Should().HaveCount(4);
        book.Ledger.MarksThrough(Book.Day(1), Book.Day(4)).Should().BeEmpty();
        History.Of([book.Ledger], null, Book.Day(1), Book.Day(5), Resolution.Day).Should().BeNull();
    }

    [Fact]
    public void What_was_sold_before_the_range_needs_no_rate_in_it()
    {
        var book = new Book();
        var (sold, held) = (book.StockIn(Currency.Parse("EUR"), "E", (1, 10)), book.Stock("S", (1, 10)));
        book.Add(InEuro(TransactionKind.Buy, 1, sold));
        book.Add(InEuro(TransactionKind.Sell, 3, sold));
        book.Buy(held, 4, 1, 10);

        History.Of([book.Ledger], null, Book.Day(4), Book.Day(5), Resolution.Day).Should().HaveCount(2);
        // The return of day 3 starts from the value of day 2.
        History.Of([book.Ledger], null, Book.Day(3), Book.Day(5), Resolution.Day).Should().BeNull();
    }

    private static Entry InEuro(TransactionKind kind, int day, Id<Stock> stock) =>
        Book.Blank(kind, day) with
        {
            StockId = stock,
            Quantity = 1,
            UnitPrice = 10,
            Currency = Currency.Parse("EUR"),
            FxRate = 1.1m,
        };
}
