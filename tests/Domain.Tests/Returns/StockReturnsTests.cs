using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

public class StockReturnsTests
{
    private readonly Book _book = new();
    private readonly Id<Stock> _stock;

    public StockReturnsTests() => _stock = _book.Stock("A", (1, 100m), (5, 110m), (10, 120m));

    private void BuyCollectAndSellSome()
    {
        _book.Buy(_stock, 2, 10, 100, fee: 5, tax: 1);
        _book.Dividend(_stock, 5, 20, tax: 3);
        _book.Sell(_stock, 8, 4, 115, fee: 2);
    }

    [Fact]
    public void A_range_over_everything()
    {
        BuyCollectAndSellSome();

        // In: 1000 + 5 + 1. Out: 20 - 3 and 460 - 2. Still held: 6 x 120. 720 - 0 - 1006 + 475 = 189.
        var figures = Figures(1, 10);
        figures
            .Should()
            .BeEquivalentTo(
                new
                {
                    OpeningValue = 0m,
                    ClosingValue = 720m,
                    Inflows = 1006m,
                    Outflows = 475m,
                    Gain = 189m,
                }
            );
        // Realised 4 x 15, not yet 6 x 20.
        figures.Parts.Should().Be(new GainParts(60, 120, 20, 0, Fees: -7, Taxes: -4, Fx: 0));
        figures.SimpleReturn.Should().BeApproximately(189.0 / 1006, 1e-15);
    }

    [Fact]
    public void A_range_from_the_day_after_the_purchase_opens_with_its_value()
    {
        BuyCollectAndSellSome();

        // 10 x 100 at the close of day 2. 720 - 1000 + 475 = 195.
        var figures = Figures(3, 10);
        figures
            .Should()
            .BeEquivalentTo(
                new
                {
                    OpeningValue = 1000m,
                    Inflows = 0m,
                    Gain = 195m,
                }
            );
        figures.Parts.Should().Be(new GainParts(60, 120, 20, 0, -2, -3, 0));
        figures.SimpleReturn.Should().BeApproximately(0.195, 1e-15);
    }

    [Theory]
    [InlineData(2, 7, 1006, 17)] // the purchase is of the first day
    [InlineData(3, 7, 0, 17)]
    [InlineData(3, 8, 0, 475)] // the sale is of the last day
    [InlineData(6, 8, 0, 458)]
    [InlineData(9, 10, 0, 0)]
    public void Both_ends_belong_to_the_range(int from, int to, int inflows, int outflows)
    {
        BuyCollectAndSellSome();

        Figures(from, to).Inflows.Should().Be(inflows);
        Figures(from, to).Outflows.Should().Be(outflows);
    }

    [Fact]
    public void A_realised_gain_counts_from_the_purchase_and_the_unrealised_part_makes_up_for_it()
    {
        BuyCollectAndSellSome();

        // Days 6 to 8: opened at 10 x 110, closed at 6 x 110, 460 - 2 taken: 660 - 1100 + 458 = 18. Of the 60 realised, 4 x 10 were gained before.
        Figures(6, 8).Gain.Should().Be(18);
        Figures(6, 8).Parts.Should().Be(new GainParts(60, -40, 0, 0, -2, 0, 0));
    }

    [Fact]
    public void Charges_of_a_stock_lower_its_gain_and_a_refund_raises_it()
    {
        _book.Buy(_stock, 2, 10, 100);
        _book.Cash(TransactionKind.Fee, 3, 4, _stock);
        _book.Cash(TransactionKind.Fee, 4, -1, _stock);
        _book.Cash(TransactionKind.Tax, 4, 2, _stock);

        // 1200 - 1000 - 4 + 1 - 2
        Figures(1, 10).Parts.Should().Be(new GainParts(0, 200, 0, 0, -3, -2, 0));
        Figures(1, 10).Gain.Should().Be(195);
        // inflows are purchases only: 195 / 1000
        Figures(1, 10).SimpleReturn.Should().BeApproximately(0.195, 1e-15);
        _book.Range(1, 10).Cash.Gain.Should().Be(0);
    }

    [Fact]
    public void A_transfer_moves_the_market_value_of_its_day()
    {
        _book.TransferIn(_stock, 3, 10, 50);
        _book.TransferOut(_stock, 6, 4);
        _book.Sell(_stock, 8, 6, 115);

        // In 10 x 100, out 4 x 110 and 690: 0 - 0 - 1000 + 1130 = 130. Realised on the sale against the cost carried in: 690 - 300.
        var figures = Figures(1, 10);
        figures
            .Should()
            .BeEquivalentTo(
                new
                {
                    Inflows = 1000m,
                    Outflows = 1130m,
                    Gain = 130m,
                }
            );
        figures.Parts.Should().Be(new GainParts(390, -260, 0, 0, 0, 0, 0));
        figures.SimpleReturn.Should().BeApproximately(0.13, 1e-15);
    }

    [Fact]
    public void A_transfer_without_any_price_moves_its_cost_and_says_so()
    {
        var unpriced = _book.Stock("B");
        _book.TransferIn(unpriced, 2, 10, 50);
        _book.TransferOut(unpriced, 4, 4);
        _book.TransferOut(unpriced, 6, 6);

        var range = _book.Range(1, 10);
        range
            .Stocks.Single()
            .Figures.Should()
            .BeEquivalentTo(
                new
                {
                    Inflows = 500m,
                    Outflows = 500m,
                    Gain = 0m,
                }
            );
        range
            .Total.Should()
            .BeEquivalentTo(
                new
                {
                    Inflows = 500m,
                    Outflows = 500m,
                    Gain = 0m,
                }
            );
        range.Reasons.Should().Contain(reason => reason.Code == ReasonCodes.PriceMissing && reason.StockId == unpriced);
    }

    [Fact]
    public void A_position_at_cost_gains_when_its_first_price_comes()
    {
        var late = _book.Stock("B", (5, 12m));
        _book.Buy(late, 2, 10, 10, fee: 1);

        // Held at 101 until day 4: 101 - 101 = 0 (1 fee, 1 of price in the value); then 120 - 101.
        _book.Range(1, 4).Stocks.Single().Figures.Gain.Should().Be(0);
        _book.Range(5, 6).Stocks.Single().Figures.Gain.Should().Be(19);
        _book.Range(5, 6).Reasons.Select(reason => reason.Code).Should().Equal(ReasonCodes.PriceMissing);
    }

    [Fact]
    public void A_split_inside_the_range_changes_nothing()
    {
        var split = _book.Stock("B", (1, 40m), (6, 11m));
        _book.Buy(split, 2, 10, 40);
        _book.Split(split, 4, 1, 4);
        _book.Sell(split, 6, 8, 11);

        // 32 x 11 - 400 + 88 = 40
        _book.Range(1, 6).Stocks.Single().Figures.Parts.Should().Be(new GainParts(8, 32, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void Income_without_capital_has_a_gain_and_no_return()
    {
        BuyCollectAndSellSome();
        _book.Sell(_stock, 9, 6, 120);
        _book.Dividend(_stock, 12, 5);

        var range = _book.Range(11, 13);

        range.Stocks.Single().Figures.Gain.Should().Be(5);
        range.Stocks.Single().Figures.SimpleReturn.Should().BeNull();
        range
            .AllReasons.Where(reason => reason.Code == ReasonCodes.NoCapital)
            .Select(reason => reason.StockId)
            .Should()
            .Equal(null, _stock);
    }

    [Fact]
    public void A_stock_neither_held_nor_traded_in_the_range_is_left_out()
    {
        BuyCollectAndSellSome();
        _book.Sell(_stock, 9, 6, 120);

        _book.Range(10, 12).Stocks.Should().BeEmpty();
        _book.Range(1, 1).Stocks.Should().BeEmpty();
    }

    [Fact]
    public void A_void_entry_is_passed_over()
    {
        BuyCollectAndSellSome();
        var wrong = _book.Buy(_stock, 3, 1000, 1);
        _book.Portfolio.Void(wrong, _book.Entries, [], DateTimeOffset.UnixEpoch);

        Figures(1, 10).Gain.Should().Be(189);
    }

    [Fact]
    public void Without_a_rate_nothing_is_made_up()
    {
        var foreign = _book.StockIn(Currency.Parse("EUR"), "B", (1, 10m));
        _book.Add(
            Book.Blank(TransactionKind.Buy, 2) with
            {
                StockId = foreign,
                Quantity = 1,
                UnitPrice = 10,
                Currency = Currency.Parse("EUR"),
            }
        );

        var range = _book.Range(1, 10);
        range.Stocks.Single().Figures.Should().Be(Domain.Returns.Figures.Unknown);
        range.Total.Gain.Should().BeNull();
        Quality.Of(range.AllReasons).Status.Should().Be(QualityStatus.Incomplete);
        range.AllReasons.Should().NotContain(reason => reason.Code == ReasonCodes.NoCapital);
    }

    private Figures Figures(int from, int to) => _book.Range(from, to).Stocks.Single().Figures;
}
