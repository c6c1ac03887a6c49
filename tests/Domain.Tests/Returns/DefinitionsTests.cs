using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>Lines of the definitions that no other test shows by itself, each with numbers worked by hand.</summary>
public class DefinitionsTests
{
    [Fact]
    public void Within_a_day_shares_come_before_they_pay_and_are_sold_before_they_are_delivered_out()
    {
        var book = new Book();
        var (a, b) = (book.Stock("A", (1, 10m)), book.Stock("B", (1, 10m)));
        book.Buy(a, 1, 9, 10);
        var last = book.TransferOut(a, 2, 1);
        var sale = book.Sell(a, 2, 1, 10);
        var dividend = book.Dividend(a, 2, 1);
        var fee = book.Cash(TransactionKind.Fee, 2, 1);
        var purchase = book.Buy(a, 2, 1, 10);
        var delivery = book.TransferIn(a, 2, 1, 10);
        var spinOff = book.SpinOff(a, 2, b, 1, 0.1m);

        book.Ledger.Entries.Skip(1).Should().Equal(spinOff, delivery, purchase, dividend, fee, sale, last);
    }

    [Fact]
    public void History_does_not_change_when_a_later_split_happens()
    {
        var book = new Book();
        var stock = book.Stock("A", (1, 100m), (2, 110m), (5, 30m));
        book.Buy(stock, 1, 10, 100);
        var (before, points) = (book.Range(1, 3), Points());

        book.Split(stock, 4, 1, 4);

        book.Range(1, 3).Total.Should().Be(before.Total);
        Points().Should().Equal(points);
        book.Holding(stock, 3).Quote!.Value.Price.Should().Be(110);
        book.Holding(stock, 5).Value.Should().Be(1200);

        IReadOnlyList<HistoryPoint> Points() => History.Of([book.Ledger], null, Book.Day(1), Book.Day(3), Resolution.Day)!;
    }

    [Fact]
    public void The_opening_value_is_that_of_the_close_before_the_first_day()
    {
        var book = new Book();
        var stock = book.Stock("A", (1, 100m), (2, 90m), (3, 120m));
        book.Buy(stock, 1, 1, 95);

        book.Range(2, 3).Total.Should().Be(new Figures(100, 120, 0, 0, GainParts.None with { UnrealisedPrice = 20 }));
        book.Range(1, 1).Total.Should().Be(new Figures(0, 100, 95, 0, GainParts.None with { UnrealisedPrice = 5 }));
    }

    [Fact]
    public void A_money_weighted_rate_is_yearly_and_its_form_of_the_range_is_compounded()
    {
        var book = new Book();
        var stock = book.Stock("A", (1, 100m), (2, 100m), (731, 121m));
        book.Buy(stock, 1, 1, 100);

        // 730 days: 100 x 1.1^2
        var measures = Total(book, 2, 731);
        measures.MoneyWeighted.Value.Should().BeApproximately(0.1, 1e-12);
        measures.MoneyWeightedPeriod.Value.Should().BeApproximately(0.21, 1e-12);
        measures.TimeWeighted.Value.Should().BeApproximately(0.21, 1e-15);
        measures.Annualised.Value.Should().BeApproximately(0.1, 1e-12);
    }

    [Fact]
    public void Fees_and_taxes_lower_every_return()
    {
        var book = new Book();
        var stock = book.Stock("A", (1, 100m), (3, 100m));
        book.Buy(stock, 1, 1, 100, fee: 15, tax: 10);

        // 100 left of 125; both are inside the range of three days, of which the purchase counts for two
        book.Range(1, 3).Total.SimpleReturn.Should().Be(-0.2);
        Total(book, 1, 3).TimeWeighted.Value.Should().BeApproximately(-0.2, 1e-15);
        Total(book, 1, 3).ModifiedDietz.Value.Should().BeApproximately(-25.0 / (125 * 2 / 3.0), 1e-15);
    }

    [Fact]
    public void A_tax_on_a_dividend_belongs_to_its_stock_and_an_own_tax_of_the_portfolio_to_cash()
    {
        var book = new Book(CashMode.Tracked);
        var (a, b) = (book.Stock("A", (1, 10m)), book.Stock("B", (1, 10m)));
        book.Buy(a, 1, 1, 10);
        book.Buy(b, 1, 1, 10);
        book.Dividend(a, 2, 20, tax: 3);
        book.Cash(TransactionKind.Tax, 2, 2);

        var range = book.Range(1, 2);

        range.Stocks.Select(line => line.Figures.Parts!.Taxes).Should().Equal(-3, 0);
        range.Cash.Parts!.Taxes.Should().Be(-2);
    }

    [Theory]
    [InlineData(FlowTiming.InAtStartOutAtEnd, 0.05)] // (75 + 30) / 100
    [InlineData(FlowTiming.StartOfDay, 75.0 / 70 - 1)] // what went out did not work that day
    public void An_outflow_counts_at_the_end_of_its_day_unless_all_flows_are_taken_at_its_start(FlowTiming timing, double expected)
    {
        var book = new Book();
        var stock = book.Stock("A", (1, 10m), (2, 12.5m));
        book.Buy(stock, 1, 10, 10);
        book.Sell(stock, 2, 4, 7.5m);

        RangeMeasures
            .Of([book.Ledger], Book.Day(2), Book.Day(2), timing)
            .Total.TimeWeighted.Value.Should()
            .BeApproximately(expected, 1e-15);
    }

    [Fact]
    public void Values_of_a_customer_are_those_of_all_portfolios_as_one()
    {
        var (one, other) = (new Book(), new Book());
        var stock = one.Stock("A", (1, 10m), (2, 11m), (3, 9.9m));
        other.Share(one);
        one.Buy(stock, 1, 10, 10);
        other.Buy(stock, 2, 10, 11);

        // day 2: 110 / 100; day 3: both fall by a tenth: 198 / 220
        RangeMeasures
            .Of([one.Ledger, other.Ledger], Book.Day(1), Book.Day(3), FlowTiming.InAtStartOutAtEnd)
            .Total.TimeWeighted.Value.Should()
            .BeApproximately((220.0 / 210 * 0.9) - 1, 1e-15); // what came in on day 2 works all that day: (110 + 110) / (100 + 110)
    }

    [Fact]
    public void The_cost_takes_the_rate_of_the_purchase_and_the_value_that_of_the_day()
    {
        var book = new Book(currency: "EUR");
        var stock = book.Stock("A", (1, 100m), (2, 100m));
        book.Rate("USD", "EUR", (1, 0.75m), (2, 1m));
        book.Buy(stock, 1, 2, 100, fee: 4);

        book.Holding(stock, 2).Cost.Should().Be(153);
        book.Holding(stock, 2).Value.Should().Be(200);
        book.Holding(stock, 2).UnrealisedFx.Should().Be(50);
    }

    private static Measures Total(Book book, int from, int to) =>
        RangeMeasures.Of([book.Ledger], Book.Day(from), Book.Day(to), FlowTiming.InAtStartOutAtEnd).Total;
}
