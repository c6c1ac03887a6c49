using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

public class DailyReturnsTests
{
    // Friday 2024-01-05 is day 5. Interest of Saturday is linked into Monday: (1100 + 11) / 1100 x 1122 / 1111 = 1.02.
    [Fact]
    public void What_happens_between_two_sessions_is_linked_into_the_later_one()
    {
        var book = new Book(CashMode.Tracked);
        var stock = book.Stock("A", (4, 100m), (5, 110m), (8, 111.1m));
        book.Cash(TransactionKind.Deposit, 4, 1000);
        book.Buy(stock, 4, 10, 100);
        book.Cash(TransactionKind.Interest, 6, 11);

        var daily = DailyReturns.Of([book.Ledger], null, Book.Day(4), Book.Day(8), FlowTiming.InAtStartOutAtEnd);

        daily.Days.Should().Equal(Book.Day(4), Book.Day(5), Book.Day(8));
        daily.Starts.Should().Equal(Book.Day(3), Book.Day(4), Book.Day(5));
        daily.Returns.Should().HaveCount(3);
        daily.Returns[0].Should().Be(0);
        daily.Returns[1].Should().BeApproximately(0.1, 1e-12);
        daily.Returns[2].Should().BeApproximately(0.02, 1e-12);
    }

    [Fact]
    public void Days_without_capital_are_no_returns()
    {
        var book = new Book();
        var stock = book.Stock("A", (1, 10m), (2, 11m), (3, 12m), (4, 12m), (5, 15m));
        book.Buy(stock, 2, 1, 11);
        book.Sell(stock, 3, 1, 12);
        book.Buy(stock, 5, 1, 15);

        var daily = DailyReturns.Of([book.Ledger], stock, Book.Day(1), Book.Day(5), FlowTiming.InAtStartOutAtEnd);

        daily.Days.Should().Equal(Book.Day(2), Book.Day(3), Book.Day(5));
    }

    // Cash of 100 is eaten up by a fee; 50 come in later and the shares that they buy rise by a tenth.
    [Fact]
    public void Money_that_comes_in_after_everything_was_lost_works_again()
    {
        var book = new Book(CashMode.Tracked);
        var stock = book.Stock("A", (1, 1m), (2, 1m), (3, 50m), (4, 55m));
        book.Cash(TransactionKind.Deposit, 1, 100);
        book.Buy(stock, 1, 1, 1);
        book.Sell(stock, 2, 1, 1);
        book.Cash(TransactionKind.Fee, 2, 100);
        book.Cash(TransactionKind.Deposit, 3, 50);
        book.Buy(stock, 3, 1, 50);

        var daily = DailyReturns.Of([book.Ledger], null, Book.Day(1), Book.Day(4), FlowTiming.InAtStartOutAtEnd);

        daily.Returns.Should().HaveCount(4);
        daily.Returns[1].Should().Be(-1);
        daily.Returns[3].Should().BeApproximately(0.1, 1e-12);
        daily.TimeWeighted.Value.Should().Be(-1);
    }
}
