using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>What spin-offs and mergers link: what may leave, what rates did, and what each stock contributed.</summary>
public class CorporateLinksTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2024, 6, 1);
    private readonly Book _book = new();

    [Fact]
    public void Selling_more_than_a_spin_off_brought_is_refused()
    {
        var (_, child) = SpunOff();
        Refused(() => Record(Sell(child, 4, 3.1m)));
        Record(Sell(child, 4, 3));
    }

    [Fact]
    public void Selling_what_a_spin_off_brought_before_it_is_refused()
    {
        var (_, child) = SpunOff();
        Refused(() => Record(Sell(child, 2, 1)));
    }

    [Fact]
    public void Voiding_a_spin_off_whose_shares_were_sold_is_refused()
    {
        var (_, child) = SpunOff();
        var spinOff = _book.Entries[^1];
        var sale = _book.Sell(child, 4, 1, 10);

        Refused(() => _book.Portfolio.Void(spinOff, _book.Entries, [], Now));
        spinOff.VoidedAt.Should().BeNull();

        _book.Portfolio.Void(sale, _book.Entries, [], Now);
        _book.Portfolio.Void(spinOff, _book.Entries, [], Now);
        _book.Range(1, 5).Stocks.Should().ContainSingle("the shares never came");
    }

    [Fact]
    public void A_sale_in_the_past_of_shares_that_a_merger_needs_is_refused()
    {
        var (old, @new) = (_book.Stock("O", (1, 10m)), _book.Stock("N", (1, 10m)));
        _book.Buy(old, 1, 10, 10);
        _book.Merger(old, 3, 10, @new, 5);

        Refused(() => Record(Sell(old, 2, 1)));
    }

    [Fact]
    public void Voiding_the_purchase_at_the_start_of_a_chain_is_refused()
    {
        var (a, b, c) = (_book.Stock("A", (1, 10m)), _book.Stock("B", (1, 10m)), _book.Stock("C", (1, 10m)));
        var purchase = _book.Buy(a, 1, 10, 10);
        _book.Merger(a, 2, 10, b, 10);
        _book.Merger(b, 3, 10, c, 10);

        Refused(() => _book.Portfolio.Void(purchase, _book.Entries, [], Now));
    }

    [Fact]
    public void A_spin_off_of_what_is_not_held_is_refused()
    {
        var (parent, child) = (_book.Stock("P", (1, 10m)), _book.Stock("C", (1, 10m)));
        Refused(() =>
            Record(
                Book.Blank(TransactionKind.SpinOff, 2) with
                {
                    StockId = parent,
                    IntoStockId = child,
                    IntoQuantity = 1,
                    CostShare = 0.5m,
                }
            )
        );
    }

    [Fact]
    public void What_rates_did_to_the_cost_goes_over_with_it()
    {
        var book = new Book(currency: "EUR");
        var (parent, child) = (book.Stock("P", (1, 100m), (2, 80m)), book.Stock("C", (2, 40m)));
        book.Rate("USD", "EUR", (1, 0.8m), (2, 1m), (3, 1.1m));
        book.Buy(parent, 1, 10, 100);
        book.SpinOff(parent, 2, child, 5, 0.25m);

        // the child's quarter of the cost, 250 dollars, was paid at 0.8 and counts as such from its first day on: 250 x (1.1 - 1) on day 3
        var range = book.Range(2, 3);
        range.Stocks.Select(line => line.Stock.Ticker).Should().Equal("C", "P");
        // 5 x 40 x 1 = 200 came, 220 at the end; of it 25 by the rate
        range.Stocks[0].Figures.Should().Be(new Figures(0, 220, 200, 0, GainParts.None with { Fx = 25, UnrealisedPrice = -5 }));
        // 800 at first; then 10 x 80 x 1.1 = 880, and 200 went: fx 1000 x (1 - 0.8) + 750 x (1.1 - 1)
        range.Stocks[1].Figures.Should().Be(new Figures(800, 880, 0, 200, GainParts.None with { Fx = 275, UnrealisedPrice = 5 }));
        range.Total.Parts.Should().Be(GainParts.None with { Fx = 300 });
    }

    [Fact]
    public void A_merger_into_a_stock_of_the_portfolios_own_currency_ends_what_rates_do()
    {
        var book = new Book(currency: "EUR");
        var (old, @new) = (book.Stock("O", (1, 100m)), book.StockIn("EUR", "N", (2, 210m)));
        book.Rate("USD", "EUR", (1, 0.8m), (2, 1m), (3, 2m));
        book.Buy(old, 1, 10, 100);
        book.Merger(old, 2, 10, @new, 5);

        // 800 paid, 1050 come: fx 1000 x (1 - 0.8) until the merger, the rest is price; nothing by the rate of day 3
        book.Range(1, 2).Total.Should().Be(new Figures(0, 1050, 800, 0, GainParts.None with { Fx = 200, UnrealisedPrice = 50 }));
        book.Range(3, 3).Total.Should().Be(new Figures(1050, 1050, 0, 0, GainParts.None));
        book.Position(@new).OpenLots.Single().LocalPrice.Should().Be(800);
    }

    private (Id<Stock> Parent, Id<Stock> Child) SpunOff()
    {
        var (parent, child) = (_book.Stock("P", (1, 100m)), _book.Stock("C", (3, 20m)));
        _book.Buy(parent, 1, 15, 100);
        _book.SpinOff(parent, 3, child, 3, 0.2m);
        return (parent, child);
    }

    private static Entry Sell(Id<Stock> stock, int day, decimal quantity) =>
        Book.Blank(TransactionKind.Sell, day) with
        {
            StockId = stock,
            Quantity = quantity,
            UnitPrice = 1,
        };

    private void Record(Entry entry) => _book.Portfolio.Record(_book.Make(entry), _book.Entries, [], Today);

    private static void Refused(Action act) => act.Should().Throw<RuleBroken>().Which.Code.Should().Be("transaction.oversold");
}
