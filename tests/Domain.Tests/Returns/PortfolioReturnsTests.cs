using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

public class PortfolioReturnsTests
{
    // The stock gains 189 of 1006 (StockReturnsTests); beside it: 2000 in, 3 interest, 2.5 fee, 100 out.
    internal static (Book Book, Id<Stock> Stock) Story(CashMode cash)
    {
        var book = new Book(cash);
        var stock = book.Stock("A", (1, 100m), (5, 110m), (10, 120m));
        book.Cash(TransactionKind.Deposit, 1, 2000);
        book.Buy(stock, 2, 10, 100, fee: 5, tax: 1);
        book.Dividend(stock, 5, 20, tax: 3);
        book.Sell(stock, 8, 4, 115, fee: 2);
        book.Cash(TransactionKind.Interest, 9, 3);
        book.Cash(TransactionKind.Fee, 9, 2.5m);
        book.Cash(TransactionKind.Withdrawal, 10, 100);
        return (book, stock);
    }

    [Fact]
    public void With_tracked_cash_the_balance_is_part_of_the_value()
    {
        var book = Story(CashMode.Tracked).Book;

        // 2000 - 1006 + 17 + 458 + 3 - 2.5 - 100
        Enumerable
            .Range(0, 11)
            .Select(day => book.Ledger.CashOn(Book.Day(day)))
            .Should()
            .Equal(0m, 2000m, 994m, 994m, 994m, 1011m, 1011m, 1011m, 1469m, 1469.5m, 1369.5m);
        // 720 + 1369.5 - 2000 + 100 = 189.5
        var range = book.Range(1, 10);
        range
            .Total.Should()
            .BeEquivalentTo(
                new
                {
                    OpeningValue = 0m,
                    ClosingValue = 2089.5m,
                    Inflows = 2000m,
                    Outflows = 100m,
                    Gain = 189.5m,
                }
            );
        range.Total.Parts.Should().Be(new GainParts(60, 120, 20, 3, -9.5m, -4, 0));
        range.Total.SimpleReturn.Should().BeApproximately(189.5 / 2000, 1e-15);
    }

    [Fact]
    public void With_external_cash_every_payment_crosses_the_border_and_deposits_move_nothing()
    {
        var book = Story(CashMode.External).Book;

        // In: 1006 for shares, 2.5 for the fee. Out: 17 + 458 + 3. 720 - 1008.5 + 478 = 189.5.
        var range = book.Range(1, 10);
        range
            .Total.Should()
            .BeEquivalentTo(
                new
                {
                    OpeningValue = 0m,
                    ClosingValue = 720m,
                    Inflows = 1008.5m,
                    Outflows = 478m,
                    Gain = 189.5m,
                }
            );
        range.Total.Parts.Should().Be(new GainParts(60, 120, 20, 3, -9.5m, -4, 0));
        range.Total.SimpleReturn.Should().BeApproximately(189.5 / 1008.5, 1e-15);
        book.Ledger.CashOn(Book.Day(10)).Should().Be(0);
    }

    [Theory]
    [InlineData(CashMode.External)]
    [InlineData(CashMode.Tracked)]
    public void The_cash_line_holds_what_belongs_to_no_stock(CashMode cash)
    {
        var line = Story(cash).Book.Range(1, 10).Cash;

        line.Parts.Should().Be(GainParts.None with { Interest = 3, Fees = -2.5m });
        (line.ClosingValue - line.OpeningValue - line.Inflows + line.Outflows).Should().Be(0.5m);
    }

    [Fact]
    public void A_range_in_the_middle_opens_with_the_balance_of_the_day_before()
    {
        var range = Story(CashMode.Tracked).Book.Range(6, 8);

        // 1100 + 1011 = 2111; 660 + 1469 = 2129
        range
            .Total.Should()
            .BeEquivalentTo(
                new
                {
                    OpeningValue = 2111m,
                    ClosingValue = 2129m,
                    Inflows = 0m,
                    Outflows = 0m,
                    Gain = 18m,
                }
            );
        range.Total.SimpleReturn.Should().BeApproximately(18.0 / 2111, 1e-15);
    }

    [Theory]
    [InlineData(CashMode.External, 4, 0)]
    [InlineData(CashMode.Tracked, 0, 0)]
    public void Negative_interest_is_a_loss(CashMode cash, int inflows, int outflows)
    {
        var book = new Book(cash);
        book.Cash(TransactionKind.Interest, 1, -4);

        var total = book.Range(1, 1).Total;

        total.Gain.Should().Be(-4);
        total.Inflows.Should().Be(inflows);
        total.Outflows.Should().Be(outflows);
    }

    [Fact]
    public void A_refund_of_a_fee_and_of_a_tax_is_a_gain()
    {
        var book = new Book();
        book.Cash(TransactionKind.Fee, 1, -4);
        book.Cash(TransactionKind.Tax, 1, -3);

        var total = book.Range(1, 1).Total;

        total.Parts.Should().Be(GainParts.None with { Fees = 4, Taxes = 3 });
        total.Should().BeEquivalentTo(new { Inflows = 0m, Outflows = 7m });
    }

    [Fact]
    public void Cash_may_be_negative()
    {
        var book = new Book(CashMode.Tracked);
        var stock = book.Stock("A", (1, 100m));
        book.Buy(stock, 1, 1, 100);

        var range = book.Range(1, 1);

        book.Ledger.CashOn(Book.Day(1)).Should().Be(-100);
        range
            .Total.Should()
            .BeEquivalentTo(
                new
                {
                    ClosingValue = 0m,
                    Gain = 0m,
                    SimpleReturn = (double?)null,
                }
            );
        range.AllReasons.Should().Contain(reason => reason.Code == ReasonCodes.NoCapital && reason.StockId == null);
    }

    [Theory]
    [InlineData(CashMode.External)]
    [InlineData(CashMode.Tracked)]
    public void A_transfer_crosses_the_border_at_market_value(CashMode cash)
    {
        var book = new Book(cash);
        var stock = book.Stock("A", (1, 100m), (5, 110m));
        book.TransferIn(stock, 2, 10, 50);
        book.TransferOut(stock, 5, 10);

        Flows(book, Book.Day(1), Book.Day(9)).Should().Equal((Book.Day(2), 1000m), (Book.Day(5), -1100m));
        book.Range(1, 9)
            .Total.Should()
            .BeEquivalentTo(
                new
                {
                    Inflows = 1000m,
                    Outflows = 1100m,
                    Gain = 100m,
                }
            );
    }

    private static IEnumerable<(DateOnly, decimal)> Flows(Book book, DateOnly from, DateOnly to) =>
        book.Ledger.ExternalFlows(from, to).Select(flow => (flow.Entry.Date, flow.Amount));

    [Fact]
    public void External_flows_are_listed_entry_by_entry()
    {
        var (book, _) = Story(CashMode.Tracked);
        Flows(book, Book.Day(1), Book.Day(9)).Should().Equal((Book.Day(1), 2000m));
        Flows(book, Book.Day(2), Book.Day(10)).Should().Equal((Book.Day(10), -100m));

        (book, _) = Story(CashMode.External);
        Flows(book, Book.Day(2), Book.Day(9))
            .Should()
            .Equal((Book.Day(2), 1006m), (Book.Day(5), -17m), (Book.Day(8), -458m), (Book.Day(9), -3m), (Book.Day(9), 2.5m));
    }

    [Theory]
    [InlineData(1)] // in the range
    [InlineData(5)] // before it: the balance is unknown all the same
    public void An_unknown_cash_balance_is_said(int from)
    {
        var (book, _) = Story(CashMode.Tracked);
        book.Add(Book.Blank(TransactionKind.Deposit, 3) with { Amount = 10, Currency = Currency.Parse("EUR") });

        var range = book.Range(from, 10);

        book.Ledger.CashOn(Book.Day(2)).Should().Be(994);
        book.Ledger.CashOn(Book.Day(3)).Should().BeNull();
        range.Total.Should().Be(Figures.Unknown);
        range
            .AllReasons.Should()
            .ContainSingle()
            .Which.Should()
            .Match<Reason>(r => r.Code == ReasonCodes.FxRateMissing && r.Date == Book.Day(3));
    }

    [Fact]
    public void An_empty_ledger_has_nothing()
    {
        var range = new Book().Range(1, 9);

        range.Total.Should().Be(Figures.None);
        range.Stocks.Should().BeEmpty();
        new Book().Ledger.FirstDay.Should().BeNull();
    }
}
