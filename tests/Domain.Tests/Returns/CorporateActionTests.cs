using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

/// <summary>Spin-offs and mergers, each number worked by hand.</summary>
public class CorporateActionTests
{
    private readonly Book _book = new();

    [Fact]
    public void A_spin_off_moves_its_share_of_the_cost_and_the_purchase_dates()
    {
        var (parent, child) = SpunOff();

        var (left, come) = (_book.Position(parent).OpenLots, _book.Position(child).OpenLots);

        // costs 1000 + 10 and 600; a fifth goes over; 2 new shares for 10 old ones
        left.Select(lot => (lot.AcquiredOn, lot.Quantity.ToDecimal(), lot.Price, lot.Charges))
            .Should()
            .Equal((Book.Day(1), 10, 800, 8), (Book.Day(2), 5, 480, 0));
        come.Select(lot => (lot.AcquiredOn, lot.Quantity.ToDecimal(), lot.Price, lot.Charges))
            .Should()
            .Equal((Book.Day(1), 2, 200, 2), (Book.Day(2), 1, 120, 0));
        _book.Position(parent).Realised.Should().BeEmpty();
    }

    [Fact]
    public void A_spin_off_is_no_loss_of_the_old_shares_and_no_flow_of_the_whole()
    {
        var (parent, child) = SpunOff();

        var range = _book.Range(4, 4);
        var measures = RangeMeasures.Of([_book.Ledger], Book.Day(4), Book.Day(4), FlowTiming.InAtStartOutAtEnd);

        // before: 15 x 120 = 1800. After: 15 x 100 = 1500 and 3 x 105 = 315
        var (old, @new) = (range.Stocks.Single(line => line.Stock.Id == parent), range.Stocks.Single(line => line.Stock.Id == child));
        old.Figures.Should().Be(new Figures(1800, 1500, 0, 315, GainParts.None with { UnrealisedPrice = 15 }));
        @new.Figures.Should().Be(new Figures(0, 315, 315, 0, GainParts.None));
        range.Total.Should().Be(new Figures(1800, 1815, 0, 0, GainParts.None with { UnrealisedPrice = 15 }));
        measures.Total.TimeWeighted.Value.Should().BeApproximately(15.0 / 1800, 1e-15);
        measures.Stocks[parent].TimeWeighted.Value.Should().BeApproximately(15.0 / 1800, 1e-15);
        measures.Stocks[child].TimeWeighted.Value.Should().Be(0);
    }

    [Fact]
    public void What_is_bought_on_the_day_of_a_spin_off_is_bought_without_it()
    {
        var (parent, child) = (_book.Stock("P", (1, 100m)), _book.Stock("C", (2, 10m)));
        _book.Buy(parent, 1, 10, 100);
        _book.Buy(parent, 2, 10, 90);
        _book.SpinOff(parent, 2, child, 5, 0.1m);

        _book.Position(parent).OpenLots.Select(lot => lot.Cost).Should().Equal(900, 900);
        _book.Position(child).OpenLots.Select(lot => lot.Cost).Should().Equal(100);
    }

    [Fact]
    public void A_spin_off_without_a_price_stands_at_the_cost_that_went_over_and_says_so()
    {
        var (parent, child) = (_book.Stock("P", (1, 100m)), _book.Stock("C", (5, 90m)));
        _book.Buy(parent, 1, 10, 100);
        _book.SpinOff(parent, 3, child, 2, 0.15m);

        var range = _book.Range(3, 5);

        range.Stocks.Select(line => line.Figures.Inflows).Should().Equal(150, 0); // the child first: by ticker
        range.Stocks[0].Figures.Should().Be(new Figures(0, 180, 150, 0, GainParts.None with { UnrealisedPrice = 30 }));
        range.Reasons.Select(reason => reason.Code).Should().Contain(ReasonCodes.PriceMissing);
    }

    [Theory]
    [InlineData(CostMethod.Fifo, "100,400")]
    [InlineData(CostMethod.Lifo, "400,100")]
    [InlineData(CostMethod.Hifo, "400,100")]
    [InlineData(CostMethod.Average, "500")]
    public void A_merger_without_cash_carries_every_lot_over_and_realises_nothing(CostMethod method, string costs)
    {
        var book = new Book(method: method);
        var (old, @new) = (book.Stock("O", (1, 10m)), book.Stock("N", (3, 33m)));
        book.Buy(old, 1, 10, 10);
        book.Buy(old, 2, 20, 20);
        book.Merger(old, 3, 30, @new, 15);

        var (gone, come) = (book.Position(old), book.Position(@new));

        gone.OpenLots.Should().BeEmpty();
        gone.Realised.Should().BeEmpty();
        string.Join(',', come.OpenLots.Select(lot => lot.Cost)).Should().Be(costs);
        come.OpenLots.Sum(lot => lot.Quantity.ToDecimal()).Should().Be(15);
        // out at 15 x 33 = 495 after 500 paid
        book.Range(1, 3).Total.Should().Be(new Figures(0, 495, 500, 0, GainParts.None with { UnrealisedPrice = -5 }));
    }

    [Fact]
    public void A_merger_with_cash_realises_only_the_part_of_the_cost_that_the_cash_pays_for()
    {
        var (old, @new) = (_book.Stock("O", (1, 10m)), _book.Stock("N", (3, 50m)));
        _book.Buy(old, 1, 10, 10, fee: 4);
        _book.Merger(old, 3, 10, @new, 2, cash: 60, costShare: 0.75m);

        var sold = _book.Position(old).Realised.Should().ContainSingle().Subject;

        sold.Proceeds.Should().Be(60);
        sold.Price.Should().Be(25);
        sold.PurchaseCharges.Should().Be(1);
        sold.Gain.Should().Be(34);
        _book.Position(@new).OpenLots.Single().Cost.Should().Be(78);
        // 2 x 50 = 100 and 60 for 104: realised 60 - 25, the rest 100 - 75
        _book
            .Range(1, 3)
            .Total.Should()
            .Be(new Figures(0, 100, 104, 60, GainParts.None with { RealisedPrice = 35, UnrealisedPrice = 25, Fees = -4 }));
    }

    [Fact]
    public void Cash_of_a_merger_stays_in_a_portfolio_that_tracks_it()
    {
        var book = new Book(CashMode.Tracked);
        var (old, @new) = (book.Stock("O", (1, 10m)), book.Stock("N", (3, 50m)));
        book.Cash(TransactionKind.Deposit, 1, 100);
        book.Buy(old, 1, 10, 10);
        book.Merger(old, 3, 10, @new, 2, cash: 20, costShare: 0.8m);

        book.Range(3, 3).Total.Should().Be(new Figures(100, 120, 0, 0, GainParts.None with { UnrealisedPrice = 20 }));
    }

    [Fact]
    public void Fractions_of_a_share_stay_exact_through_a_merger()
    {
        var (old, @new) = (_book.Stock("O", (1, 10m)), _book.Stock("N", (1, 10m)));
        foreach (var day in new[] { 1, 2, 3 })
            _book.Buy(old, day, 1, 10);
        _book.Merger(old, 4, 3, @new, 1);

        // three lots of a third each
        _book.Position(@new).OpenLots.Select(lot => lot.Quantity.ToDecimal()).Should().Equal(0.3333333333m, 0.3333333333m, 0.3333333333m);
        _book.Position(@new).At(Book.Day(4)).Quantity.Should().Be(1);
        _book.Sell(@new, 5, 1, 36);
        _book.Position(@new).OpenLots.Should().BeEmpty();
        _book.Position(@new).Realised.Select(lot => lot.Gain).Should().Equal(2, 2, 2);
    }

    [Fact]
    public void A_chain_of_mergers_keeps_the_first_purchase_date_and_its_cost()
    {
        var (a, b, c) = (_book.Stock("A", (1, 10m)), _book.Stock("B", (2, 5m)), _book.Stock("C", (3, 100m)));
        _book.Buy(a, 1, 10, 10);
        _book.Merger(a, 2, 10, b, 20);
        _book.Split(b, 3, 1, 2); // 40 shares of B
        _book.Merger(b, 3, 40, c, 1);
        _book.Sell(c, 4, 1, 130);

        var sold = _book.Position(c).Realised.Single();
        sold.AcquiredOn.Should().Be(Book.Day(1));
        sold.Price.Should().Be(100);
        _book.Range(1, 4).Total.Gain.Should().Be(30);
    }

    [Theory]
    [InlineData(CostMethod.Fifo, 30)]
    [InlineData(CostMethod.Lifo, 28)]
    [InlineData(CostMethod.Hifo, 28)]
    [InlineData(CostMethod.Average, 29)]
    public void A_purchase_entered_later_for_an_earlier_day_takes_part_in_the_merger(CostMethod method, decimal gain)
    {
        var book = new Book(method: method);
        var (old, @new) = (book.Stock("O", (1, 10m)), book.Stock("N", (4, 20m)));
        book.Buy(old, 1, 10, 10);
        book.Merger(old, 4, 20, @new, 10);
        book.Sell(@new, 5, 1, 50);
        book.Buy(old, 2, 10, 11); // entered last

        // one new share is two old ones: 50 - 20, 50 - 22 or 50 - 21
        book.Position(@new).Realised.Single().Gain.Should().Be(gain);
    }

    [Fact]
    public void Purchases_of_one_day_leave_in_the_same_order_after_a_merger()
    {
        var book = new Book(method: CostMethod.Lifo);
        var (old, @new) = (book.Stock("O", (1, 10m)), book.Stock("N", (1, 10m)));
        var first = book.Buy(old, 1, 1, 10);
        var second = book.Buy(old, 1, 1, 11);
        book.Merger(old, 2, 2, @new, 2);

        book.Position(@new).OpenLots.Select(lot => lot.PurchaseId).Should().Equal(second.Id, first.Id);
    }

    private (Id<Domain.Stocks.Stock> Parent, Id<Domain.Stocks.Stock> Child) SpunOff()
    {
        var (parent, child) = (_book.Stock("P", (1, 100m), (3, 120m), (4, 100m)), _book.Stock("C", (4, 105m)));
        _book.Buy(parent, 1, 10, 100, fee: 10);
        _book.Buy(parent, 2, 5, 120);
        _book.SpinOff(parent, 4, child, 3, 0.2m);
        return (parent, child);
    }
}
