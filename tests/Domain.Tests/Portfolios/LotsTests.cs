using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public class LotsTests
{
    // 10 for 100 + 1 fee (10.1 a share), 10 for 140, 10 for 120; then 15 are sold for 300 - 3, that is 20 - 0.2 a share.
    private static Position ThreePurchasesAndASale(CostMethod method)
    {
        var book = new Book(method: method);
        var stock = book.Stock("A");
        book.Buy(stock, 1, 10, 10, fee: 1);
        book.Buy(stock, 2, 10, 14);
        book.Buy(stock, 3, 10, 12);
        book.Sell(stock, 4, 15, 20, fee: 2, tax: 1);
        return book.Position(stock);
    }

    [Fact]
    public void Fifo_takes_the_oldest_first()
    {
        var position = ThreePurchasesAndASale(CostMethod.Fifo);

        // 200 - 2 - 101 = 97 on the first, 100 - 1 - 70 = 29 on half of the second
        position.Realised.Select(lot => (lot.Quantity, lot.Gain)).Should().Equal((10m, 97m), (5m, 29m));
        position.OpenLots.Select(lot => (lot.Quantity.ToDecimal(), lot.Cost)).Should().Equal((5m, 70m), (10m, 120m));
    }

    [Fact]
    public void Lifo_takes_the_youngest_first()
    {
        var position = ThreePurchasesAndASale(CostMethod.Lifo);

        // 200 - 2 - 120 = 78, 100 - 1 - 70 = 29
        position.Realised.Select(lot => (lot.Quantity, lot.Gain)).Should().Equal((10m, 78m), (5m, 29m));
        position.OpenLots.Select(lot => lot.Cost).Should().Equal(70m, 101m);
    }

    [Fact]
    public void Of_two_purchases_of_a_day_fifo_takes_the_first_recorded_and_lifo_the_last()
    {
        foreach (var (method, first) in new[] { (CostMethod.Fifo, 10m), (CostMethod.Lifo, 11m) })
        {
            var book = new Book(method: method);
            var stock = book.Stock("A");
            book.Buy(stock, 1, 1, 10);
            book.Buy(stock, 1, 1, 11);
            book.Sell(stock, 2, 1, 20);

            book.Position(stock).Realised.Single().Price.Should().Be(first);
        }
    }

    [Fact]
    public void Hifo_takes_the_dearest_first()
    {
        var position = ThreePurchasesAndASale(CostMethod.Hifo);

        // 200 - 2 - 140 = 58, 100 - 1 - 60 = 39
        position.Realised.Select(lot => (lot.Quantity, lot.Gain)).Should().Equal((10m, 58m), (5m, 39m));
        position.OpenLots.Select(lot => lot.Cost).Should().Equal(60m, 101m);
    }

    [Fact]
    public void Of_lots_as_dear_hifo_takes_the_older_even_when_a_spin_off_made_them_equal()
    {
        var book = new Book(method: CostMethod.Hifo);
        var (parent, child) = (book.Stock("P", (1, 10m)), book.Stock("C", (1, 10m)));
        var older = book.Buy(parent, 1, 1, 10);
        var dearer = book.Buy(parent, 2, 1, 20);
        book.SpinOff(parent, 3, child, 2, costShare: 1); // nothing of the cost is left

        book.Position(parent).OpenLots.Select(lot => lot.PurchaseId).Should().Equal(older.Id, dearer.Id);
        book.Position(child).OpenLots.Select(lot => lot.PurchaseId).Should().Equal(dearer.Id, older.Id);
    }

    [Fact]
    public void Average_takes_a_share_of_the_pool()
    {
        var position = ThreePurchasesAndASale(CostMethod.Average);

        // half of 360 + 1: 300 - 3 - 180.5 = 116.5
        position.Realised.Should().ContainSingle().Which.Gain.Should().Be(116.5m);
        position.OpenLots.Should().ContainSingle().Which.Cost.Should().Be(180.5m);
    }

    [Theory]
    [InlineData(CostMethod.Fifo)]
    [InlineData(CostMethod.Lifo)]
    [InlineData(CostMethod.Hifo)]
    [InlineData(CostMethod.Average)]
    public void Selling_all_realises_the_same_by_every_method(CostMethod method)
    {
        var book = new Book(method: method);
        var stock = book.Stock("A");
        book.Buy(stock, 1, 3, 7, fee: 1);
        book.Buy(stock, 2, 4, 11);
        book.Sell(stock, 3, 7, 10, fee: 0.5m);

        // 70 - 0.5 - 22 - 44
        book.Position(stock).Realised.Sum(lot => lot.Gain).Should().Be(3.5m);
        book.Position(stock).OpenLots.Should().BeEmpty();
        book.Position(stock).At(Book.Day(3)).Should().Be(new PositionStep(Book.Day(3), 0, 0, 0, 0));
    }

    [Fact]
    public void Shares_of_an_amount_are_half_even_and_the_last_lot_takes_the_rest()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 3, 3, fee: 1);
        for (var day = 2; day <= 4; day++)
            book.Sell(stock, day, 1, 5);

        // 1 / 3 = 0.3333333333|3; 0.6666666667 / 2 = 0.3333333333|5, to even; the rest
        book.Position(stock).Realised.Select(lot => lot.PurchaseCharges).Should().Equal(0.3333333333m, 0.3333333334m, 0.3333333333m);
    }

    [Fact]
    public void Proceeds_are_shared_by_quantity_without_remainder()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 1, 1);
        book.Buy(stock, 2, 2, 1);
        book.Sell(stock, 3, 3, 1, fee: 0.1m);

        book.Position(stock).Realised.Select(lot => lot.SaleCharges).Should().Equal(0.0333333333m, 0.0666666667m);
    }

    [Fact]
    public void A_delivered_lot_keeps_its_purchase_date_and_goes_first()
    {
        var book = new Book();
        var stock = book.Stock("A");
        var bought = book.Buy(stock, 10, 5, 10);
        var delivered = book.TransferIn(stock, 20, 5, 8, acquired: 3);
        book.Sell(stock, 30, 5, 12);

        var sold = book.Position(stock).Realised.Should().ContainSingle().Subject;
        sold.PurchaseId.Should().Be(delivered.Id);
        sold.DaysHeld.Should().Be(27);
        sold.Gain.Should().Be(20m);
        book.Position(stock).OpenLots.Should().ContainSingle().Which.PurchaseId.Should().Be(bought.Id);
    }

    [Theory]
    [InlineData(366, false)] // 2024-12-31
    [InlineData(367, true)] // 2025-01-01: 366 days after 2024-01-01
    public void Long_term_is_more_than_365_days(int soldOn, bool longTerm)
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 1, 1);
        book.Sell(stock, soldOn, 1, 1);

        book.Position(stock).Realised.Single().LongTerm.Should().Be(longTerm);
    }

    [Fact]
    public void Delivering_out_takes_lots_and_realises_nothing()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 10, 10);
        book.TransferOut(stock, 2, 4);

        book.Position(stock).Realised.Should().BeEmpty();
        book.Position(stock).At(Book.Day(2)).Should().Be(new PositionStep(Book.Day(2), 6, 60, 60, 60));
    }

    [Fact]
    public void A_stated_rate_brings_cost_and_proceeds_into_the_portfolio_currency()
    {
        var book = new Book();
        var stock = book.Stock("A");
        var euro = Currency.Parse("EUR");
        book.Add(Trade(book, TransactionKind.Buy, stock, 1, 10) with { Currency = euro, FxRate = 1.1m, Fee = 1 });
        book.Add(Trade(book, TransactionKind.Sell, stock, 2, 12) with { Currency = euro, FxRate = 1.2m });

        // 12 x 1.2 - 10 x 1.1 - 1 x 1.1
        book.Position(stock).Realised.Single().Gain.Should().Be(2.3m);
        book.Position(stock).RateMissingOn.Should().BeNull();
    }

    [Fact]
    public void A_missing_rate_is_noted_with_its_first_day()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 1, 10);
        book.Add(Trade(book, TransactionKind.Buy, stock, 2, 10) with { Currency = Currency.Parse("EUR") });

        book.Position(stock).RateMissingOn.Should().Be(Book.Day(2));
    }

    private static Entry Trade(Book book, TransactionKind kind, Id<Stock> stock, int day, decimal price) =>
        Book.Blank(kind, day) with
        {
            StockId = book.Facts[stock].Id,
            Quantity = 1,
            UnitPrice = price,
        };
}
