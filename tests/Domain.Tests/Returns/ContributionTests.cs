using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>What each stock, and cash, contributed to the time-weighted return of the whole: worked by hand.</summary>
public class ContributionTests
{
    [Fact]
    public void A_gain_counts_by_the_capital_of_its_day_grown_by_the_days_before()
    {
        var book = new Book();
        var (a, b) = (book.Stock("A", (1, 10m), (2, 11m), (3, 11m)), book.Stock("B", (1, 30m), (2, 30m), (3, 33m)));
        book.Buy(a, 1, 10, 10);
        book.Buy(b, 1, 10, 30);

        var measures = Of(book, 1, 3);

        // day 2: 10 on 400; day 3: 30 on 410, grown by 410 / 400
        measures.Total.TimeWeighted.Value.Should().BeApproximately(0.1, 1e-15);
        measures.Stocks[a].Contribution.Should().BeApproximately(0.025, 1e-15);
        measures.Stocks[b].Contribution.Should().BeApproximately(0.075, 1e-15);
        measures.CashContribution.Should().BeApproximately(0, 1e-15);
    }

    [Fact]
    public void Interest_and_charges_of_no_stock_are_what_cash_contributed()
    {
        var book = new Book(CashMode.Tracked);
        var a = book.Stock("A", (1, 10m), (2, 12m));
        book.Cash(TransactionKind.Deposit, 1, 200);
        book.Buy(a, 1, 10, 10);
        book.Cash(TransactionKind.Interest, 2, 5);
        book.Cash(TransactionKind.Fee, 2, 1);

        var measures = Of(book, 1, 2);

        // on 200: 20 of the shares, 4 of cash
        measures.Total.TimeWeighted.Value.Should().BeApproximately(0.12, 1e-15);
        measures.Stocks[a].Contribution.Should().BeApproximately(0.1, 1e-15);
        measures.CashContribution.Should().BeApproximately(0.02, 1e-15);
    }

    [Fact]
    public void A_spin_off_splits_what_was_contributed_at_market_value()
    {
        var book = new Book();
        var (parent, child) = (book.Stock("P", (1, 100m), (2, 80m)), book.Stock("C", (2, 20m), (3, 25m)));
        book.Buy(parent, 1, 10, 100);
        book.SpinOff(parent, 2, child, 10, 0.5m); // half of the cost, a fifth of the market

        var measures = Of(book, 1, 3);

        measures.Total.TimeWeighted.Value.Should().BeApproximately(0.05, 1e-15);
        measures.Stocks[parent].Contribution.Should().BeApproximately(0, 1e-15);
        measures.Stocks[child].Contribution.Should().BeApproximately(0.05, 1e-15);
    }

    [Fact]
    public void What_the_rate_did_is_contributed_by_the_stock_that_it_moved()
    {
        var book = new Book(currency: "EUR");
        var (a, b) = (book.Stock("A", (1, 100m)), book.StockIn("EUR", "B", (1, 50m)));
        book.Rate("USD", "EUR", (1, 0.5m), (2, 0.6m));
        book.Buy(a, 1, 1, 100);
        book.Buy(b, 1, 1, 50);
        book.Restate("EUR");

        var measures = Of(book, 1, 2);

        measures.Total.TimeWeighted.Value.Should().BeApproximately(0.1, 1e-15);
        measures.Stocks[a].Contribution.Should().BeApproximately(0.1, 1e-15);
        measures.Stocks[b].Contribution.Should().Be(0);
    }

    [Fact]
    public void Where_the_whole_has_no_return_nothing_contributes_to_it()
    {
        var book = new Book(CashMode.Tracked);
        var a = book.Stock("A", (1, 10m), (2, 12m));
        book.Buy(a, 1, 10, 10);
        book.Cash(TransactionKind.Withdrawal, 1, 50);

        var measures = Of(book, 1, 2);

        measures.Total.TimeWeighted.Reason.Should().Be(ReasonCodes.CapitalNotPositive);
        measures.Stocks[a].Contribution.Should().BeNull();
        measures.CashContribution.Should().BeNull();
    }

    [Fact]
    public void A_stock_whose_values_are_not_known_contributes_nothing_that_could_be_told()
    {
        // the spun-off shares have a close in pounds, no rate, and are gone by the evening
        var book = new Book();
        var (parent, child) = (book.Stock("P", (1, 100m), (3, 110m)), book.StockIn("GBP", "C", (1, 20m)));
        book.Buy(parent, 1, 10, 100);
        book.SpinOff(parent, 2, child, 1, 0.5m);
        book.Sell(child, 2, 1, 10);
        book.Restate("GBP", 2m);

        var measures = Of(book, 1, 3);

        measures.Stocks[child].TimeWeighted.Reason.Should().Be(ReasonCodes.FxRateMissing);
        measures.Stocks[child].Contribution.Should().BeNull();
        measures.CashContribution.Should().BeNull();
        book.Range(1, 3).Reasons.Should().Contain(reason => reason.Code == ReasonCodes.FxRateMissing);
    }

    private static RangeMeasures Of(Book book, int from, int to) =>
        RangeMeasures.Of([book.Ledger], Book.Day(from), Book.Day(to), FlowTiming.InAtStartOutAtEnd);
}
