using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public class SplitTests
{
    [Theory]
    [InlineData("10", "1", "4", "40")]
    [InlineData("10", "10", "1", "1")]
    [InlineData("9", "3", "4", "12")]
    [InlineData("7", "5", "11", "15.4")]
    [InlineData("100", "1", "1.05", "105")]
    [InlineData("10", "3", "1", "3.3333333333")]
    [InlineData("0.5", "1000", "1", "0.0005")]
    public void A_split_multiplies_the_shares_and_leaves_the_cost(string held, string from, string to, string expected)
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, Number(held), 30, fee: 1);
        book.Split(stock, 5, Number(from), Number(to));

        var position = book.Position(stock);
        position.At(Book.Day(4)).Quantity.Should().Be(Number(held));
        position.At(Book.Day(5)).Quantity.Should().Be(Number(expected));
        position.At(Book.Day(5)).Cost.Should().Be(position.At(Book.Day(4)).Cost);
    }

    [Fact]
    public void Three_to_one_and_back_is_the_same_number_again()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 10, 30);
        book.Split(stock, 5, 3, 1);
        book.Split(stock, 9, 1, 3);

        book.Position(stock).Steps.Select(step => step.Quantity).Should().Equal(10m, 3.3333333333m, 10m);
        book.Position(stock).OpenLots.Single().Quantity.Should().Be(Quantity.Of(10));
    }

    [Fact]
    public void A_trade_of_the_execution_day_is_in_new_shares()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 4, 10, 100);
        book.Buy(stock, 5, 10, 50);
        book.Sell(stock, 5, 25, 50);
        book.Split(stock, 5, 1, 2);

        // 10 old are 20 new, + 10 - 25
        book.Position(stock).At(Book.Day(5)).Quantity.Should().Be(5);
        book.Position(stock).OversoldOn.Should().BeNull();
    }

    [Fact]
    public void Lots_are_matched_over_a_split_in_shares_of_the_sale()
    {
        var book = new Book(method: CostMethod.Lifo);
        var stock = book.Stock("A");
        book.Buy(stock, 1, 10, 100);
        book.Split(stock, 5, 1, 2);
        book.Buy(stock, 6, 4, 60);
        book.Sell(stock, 7, 10, 70);

        // 4 x (70 - 60) = 40; 6 new shares of the first lot cost 50 each: 6 x 20 = 120
        book.Position(stock).Realised.Select(lot => (lot.Quantity, lot.Gain)).Should().Equal((4m, 40m), (6m, 120m));
        book.Position(stock).At(Book.Day(7)).Should().Be(new PositionStep(Book.Day(7), 14, 700, 700, 700));
    }

    [Fact]
    public void Two_splits_of_one_day_both_apply()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 10, 100);
        book.Split(stock, 5, 1, 2);
        book.Split(stock, 5, 1, 3);

        book.Position(stock).At(Book.Day(5)).Quantity.Should().Be(60);
    }

    [Fact]
    public void What_is_sold_off_is_not_split()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 10, 100);
        book.Sell(stock, 4, 10, 100);
        book.Split(stock, 5, 1, 2);
        book.Buy(stock, 6, 1, 50);

        book.Position(stock)
            .Steps.Select(step => (step.From, step.Quantity))
            .Should()
            .Equal((Book.Day(1), 10m), (Book.Day(4), 0m), (Book.Day(6), 1m));
    }

    [Fact]
    public void Selling_the_rounded_rest_after_a_reverse_split_leaves_nothing()
    {
        var book = new Book();
        var stock = book.Stock("A");
        book.Buy(stock, 1, 10, 30);
        book.Split(stock, 5, 3, 1);
        book.Sell(stock, 6, 3.3333333333m, 90);

        book.Position(stock).OversoldOn.Should().BeNull();
        book.Position(stock).OpenLots.Should().BeEmpty();
        book.Position(stock).Realised.Single().Price.Should().Be(300);
    }

    [Fact]
    public void Rounding_shares_never_decides_which_lot_is_dearest()
    {
        // 20 at 10 become 6.666... at 30, as dear as those bought then, so the older go first; 200 / 6.6666666667 would be less than 30.
        var book = new Book(method: CostMethod.Hifo);
        var stock = book.Stock("A");
        var older = book.Buy(stock, 1, 20, 10);
        book.Split(stock, 5, 3, 1);
        book.Buy(stock, 6, 1, 30);
        book.Sell(stock, 7, 1, 30);

        book.Position(stock).Realised.Single().PurchaseId.Should().Be(older.Id);
    }

    [Fact]
    public void A_lot_too_small_to_show_can_be_the_dearest()
    {
        var book = new Book(method: CostMethod.Hifo);
        var stock = book.Stock("A");
        book.Buy(stock, 1, 0.0000000001m, 10);
        book.Split(stock, 5, 3, 1);
        book.Buy(stock, 6, 30, 29);
        book.Sell(stock, 7, 10, 30);

        book.Position(stock).At(Book.Day(7)).Quantity.Should().Be(20);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
