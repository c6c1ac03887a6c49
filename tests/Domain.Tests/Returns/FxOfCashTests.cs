using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>Rates, cash, transfers and what is not known; each number worked by hand.</summary>
public class FxOfCashTests
{
    [Fact]
    public void Tracked_cash_is_converted_when_it_moves_and_then_has_no_rate()
    {
        var book = new Book(CashMode.Tracked, currency: "EUR");
        var stock = book.Stock("A", (1, 100m));
        book.Rate("USD", "EUR", (1, 0.9m), (2, 1m));
        book.Cash(TransactionKind.Deposit, 1, 2000); // dollars: 1800
        book.Buy(stock, 1, 10, 100); // 900

        var range = book.Range(1, 2);

        range.Cash.Should().Be(new Figures(0, 900, 1800, 900, GainParts.None));
        range.Total.Should().Be(new Figures(0, 1900, 1800, 0, GainParts.None with { Fx = 100 }));
    }

    [Fact]
    public void Cash_kept_in_another_currency_than_the_figures_gains_by_its_rate()
    {
        var book = new Book(CashMode.Tracked, currency: "EUR") { Reporting = "USD" };
        book.Rate("EUR", "USD", (1, 1.2m), (2, 1.25m), (3, 1.3m));
        book.Cash(TransactionKind.Deposit, 1, 1000);
        book.Restate("EUR");
        book.Cash(TransactionKind.Interest, 2, 10);
        book.Restate("EUR");

        // 1010 x 1.3 - 1000 x 1.2 = 113 = 10 x 1.25 + (1000 x 0.1 + 10 x 0.05)
        book.Range(1, 3).Total.Should().Be(new Figures(0, 1313, 1200, 0, GainParts.None with { Interest = 12.5m, Fx = 100.5m }));
        book.Range(3, 3).Total.Should().Be(new Figures(1262.5m, 1313, 0, 0, GainParts.None with { Fx = 50.5m }));
    }

    [Fact]
    public void A_stock_in_the_currency_of_the_figures_has_no_rate_whatever_the_portfolio_is_kept_in()
    {
        var book = new Book(CashMode.Tracked, currency: "EUR") { Reporting = "USD" };
        var stock = book.Stock("A", (1, 100m), (2, 110m));
        book.Rate("EUR", "USD", (1, 1.25m), (2, 1.5m));
        book.Cash(TransactionKind.Deposit, 1, 820);
        book.Restate("EUR");
        book.Buy(stock, 1, 10, 100);
        book.Restate("USD", 0.82m); // the market: 0.8

        var range = book.Range(1, 2);

        range.Stocks[0].Figures.Should().Be(new Figures(0, 1100, 1000, 0, GainParts.None with { UnrealisedPrice = 100 }));
        // 820 euros are 1025 dollars; they paid 1000: exchanging them below the market lost 25
        range.Cash.Should().Be(new Figures(0, 0, 1025, 1000, GainParts.None with { Fx = -25 }));
    }

    [Theory]
    [InlineData(CashMode.External)]
    [InlineData(CashMode.Tracked)]
    public void The_same_ledger_reported_at_a_constant_rate_is_a_multiple(CashMode cash)
    {
        var (euros, dollars) = (Make(null), Make("USD"));

        dollars.ClosingValue.Should().Be(euros.ClosingValue * 2);
        dollars.Inflows.Should().Be(euros.Inflows * 2);
        dollars.Parts!.UnrealisedPrice.Should().Be(euros.Parts!.UnrealisedPrice * 2);
        dollars.Parts.Fx.Should().Be(0);
        dollars.SimpleReturn.Should().Be(euros.SimpleReturn);

        Figures Make(string? reporting)
        {
            var book = new Book(cash, currency: "EUR") { Reporting = reporting };
            var stock = book.StockIn("EUR", "E", (1, 50m), (2, 53m));
            book.Rate("EUR", "USD", (1, 2m));
            book.Buy(stock, 1, 3, 50, fee: 1.5m);
            book.Restate("EUR");
            return book.Range(1, 2).Total;
        }
    }

    [Fact]
    public void What_is_delivered_in_was_paid_at_the_rate_of_its_purchase_and_gains_from_its_delivery_on()
    {
        var book = new Book(currency: "EUR");
        var stock = book.Stock("A", (5, 120m), (6, 120m));
        book.Rate("USD", "EUR", (1, 0.8m), (5, 0.9m), (6, 1m));
        book.TransferIn(stock, 5, 10, 100, acquired: 1);

        book.Position(stock).OpenLots.Single().Price.Should().Be(800);
        // worth 10 x 120 x 0.9 = 1080 when it came, in which 1000 x 0.9 - 800 = 100 is of the rate
        book.Range(5, 5).Total.Should().Be(new Figures(0, 1080, 1080, 0, GainParts.None));
        // 1000 x (1 - 0.9) of the rate; the price, 20 up since the purchase, at the change of the rate too
        book.Range(5, 6).Total.Should().Be(new Figures(0, 1200, 1080, 0, GainParts.None with { Fx = 100, UnrealisedPrice = 20 }));
    }

    [Fact]
    public void A_stated_rate_of_a_delivery_leads_on_into_the_figures_at_the_rate_of_its_purchase()
    {
        var book = new Book(currency: "EUR") { Reporting = "GBP" };
        var stock = book.Stock("A", (5, 120m));
        book.Rate("EUR", "GBP", (1, 0.5m), (5, 0.75m));
        book.Rate("USD", "GBP", (1, 0.4m));
        book.TransferIn(stock, 5, 10, 100, acquired: 1);
        book.Restate("USD", 0.9m);

        book.Position(stock).OpenLots.Single().Price.Should().Be(450); // 1000 x 0.9 x 0.5
    }

    [Fact]
    public void What_is_delivered_out_settles_what_the_rate_did_to_it()
    {
        var book = new Book(currency: "EUR");
        var stock = book.Stock("A", (1, 100m), (3, 110m));
        book.Rate("USD", "EUR", (1, 0.8m), (3, 1m));
        book.Buy(stock, 1, 10, 100);
        book.TransferOut(stock, 3, 10);

        // out at 10 x 110 x 1.0; fx 1000 x 1.0 - 800 = 200, the rest is price
        book.Range(1, 3).Total.Should().Be(new Figures(0, 0, 800, 1100, GainParts.None with { Fx = 200, UnrealisedPrice = 100 }));
        book.Range(4, 4).Stocks.Should().BeEmpty();
    }

    [Fact]
    public void Before_the_first_rate_nothing_is_known_and_one_to_one_is_never_assumed()
    {
        var book = new Book(currency: "EUR");
        var stock = book.Stock("A", (1, 100m));
        book.Rate("USD", "EUR", (3, 0.9m));
        book.Buy(stock, 1, 10, 100);
        book.Restate("USD", 0.8m);

        var early = book.Range(1, 2);
        early.Total.Should().Be(Figures.Unknown);
        early.Reasons.Should().OnlyContain(reason => reason.Code == ReasonCodes.FxRateMissing).And.NotBeEmpty();
        Quality.Of(early.Reasons).Status.Should().Be(QualityStatus.Incomplete);
        book.Range(1, 3).Total.Should().Be(new Figures(0, 900, 800, 0, GainParts.None with { Fx = 100 }));
        book.Range(3, 4).Total.Should().Be(Figures.Unknown, "its opening value is not known");
        book.Range(4, 5).Total.Should().Be(new Figures(900, 900, 0, 0, GainParts.None));
    }

    [Fact]
    public void Without_a_price_a_position_stands_at_its_cost_and_no_rate_moves_it()
    {
        var book = new Book(currency: "EUR");
        var stock = book.Stock("A", (3, 100m));
        book.Rate("USD", "EUR", (1, 0.8m), (2, 0.9m), (3, 1m));
        book.Buy(stock, 1, 10, 100, fee: 10);

        book.Range(1, 2).Total.Should().Be(new Figures(0, 808, 808, 0, GainParts.None with { Fees = -8, UnrealisedPrice = 8 }));
        book.Range(3, 3).Total.Should().Be(new Figures(808, 1000, 0, 0, GainParts.None with { Fx = 200, UnrealisedPrice = -8 }));
    }

    [Fact]
    public void A_price_that_comes_before_the_first_rate_is_said_to_lack_it()
    {
        var book = new Book(currency: "EUR");
        var stock = book.Stock("A", (3, 100m));
        book.Rate("USD", "EUR", (6, 1m));
        book.Buy(stock, 1, 10, 100);
        book.Restate("USD", 0.8m);

        // day 1 stands at cost and day 6 has a rate; on days 3 to 5 the close has none
        History.Of([book.Ledger], null, Book.Day(1), Book.Day(6), Resolution.Day).Should().BeNull();
        book.Ledger.MarksThrough(Book.Day(1), Book.Day(6)).Should().Contain(reason => reason.Code == ReasonCodes.FxRateMissing);
    }
}
