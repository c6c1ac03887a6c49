using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Returns;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Returns;

public class HoldingTests
{
    private readonly Book _book = new();

    [Fact]
    public void A_value_is_quantity_times_the_close_of_the_day()
    {
        var stock = _book.Stock("A", (1, 10m), (2, 12.5m));
        _book.Buy(stock, 1, 3, 9, fee: 1);

        var holding = _book.Holding(stock, 2);

        holding
            .Should()
            .BeEquivalentTo(
                new
                {
                    Quantity = 3m,
                    Cost = 28m,
                    Value = 37.5m,
                }
            );
        holding.Quote.Should().Be(new Quote(Book.Day(2), 12.5m));
        holding.Marks.Should().BeEmpty();
    }

    [Fact]
    public void A_value_is_half_even_to_ten_decimals()
    {
        var stock = _book.Stock("A", (1, 0.00000005m));
        _book.Buy(stock, 1, 0.001m, 1);
        _book.Holding(stock, 1).Value.Should().Be(0m); // 0.00000000005
        _book.Buy(stock, 1, 0.002m, 1);
        _book.Holding(stock, 1).Value.Should().Be(0.0000000002m); // 0.00000000015
    }

    [Theory]
    [InlineData(8, false)] // 7 days old
    [InlineData(9, true)]
    public void A_price_of_more_than_seven_days_is_stale(int day, bool stale)
    {
        var stock = _book.Stock("A", (1, 10m));
        _book.Buy(stock, 1, 3, 9);

        var holding = _book.Holding(stock, day);

        holding.Value.Should().Be(30);
        holding.Marks.Select(mark => (mark.Code, mark.Date)).Should().Equal(stale ? [(ReasonCodes.Stale, (DateOnly?)Book.Day(1))] : []);
    }

    [Fact]
    public void Before_the_first_price_a_position_stands_at_its_cost()
    {
        var stock = _book.Stock("A", (5, 10m));
        _book.Buy(stock, 1, 3, 9, fee: 1);

        var holding = _book.Holding(stock, 4);

        holding.Should().BeEquivalentTo(new { Cost = 28m, Value = 28m });
        holding.Quote.Should().BeNull();
        holding.Marks.Should().ContainSingle().Which.Code.Should().Be(ReasonCodes.PriceMissing);
        Quality.Of(holding.Marks).Status.Should().Be(QualityStatus.Estimated);
        _book.Holding(stock, 5).Value.Should().Be(30);
    }

    [Fact]
    public void A_stock_in_another_currency_has_no_value_without_a_rate()
    {
        var stock = _book.StockIn(Currency.Parse("EUR"), "A", (1, 10m));
        _book.Add(
            Book.Blank(TransactionKind.Buy, 1) with
            {
                StockId = stock,
                Quantity = 2,
                UnitPrice = 10,
                Currency = Currency.Parse("EUR"),
                FxRate = 1.1m,
            }
        );

        var holding = _book.Holding(stock, 1);

        holding.Cost.Should().Be(22);
        holding.Value.Should().BeNull();
        holding.Marks.Should().ContainSingle().Which.Code.Should().Be(ReasonCodes.FxRateMissing);
        Quality.Of(holding.Marks).Status.Should().Be(QualityStatus.Incomplete);
    }

    [Fact]
    public void A_purchase_without_its_rate_leaves_the_cost_unknown()
    {
        var stock = _book.Stock("A", (1, 10m));
        _book.Add(
            Book.Blank(TransactionKind.Buy, 2) with
            {
                StockId = stock,
                Quantity = 2,
                UnitPrice = 10,
                Currency = Currency.Parse("EUR"),
            }
        );

        _book.Holding(stock, 1).Cost.Should().Be(0);
        _book.Holding(stock, 2).Cost.Should().BeNull();
        _book.Holding(stock, 2).Marks.Should().Contain(mark => mark.Code == ReasonCodes.FxRateMissing);
    }

    [Fact]
    public void A_price_is_carried_over_a_split_so_that_the_value_stays()
    {
        var stock = _book.Stock("A", (1, 40m), (4, 11m));
        _book.Buy(stock, 1, 10, 40);
        _book.Split(stock, 3, 1, 4);

        Enumerable.Range(1, 4).Select(day => _book.Holding(stock, day).Value).Should().Equal(400m, 400m, 400m, 440m);
        _book.Holding(stock, 3).Quote!.Value.Should().Be(new Quote(Book.Day(1), 10m));
    }

    [Fact]
    public void Nothing_held_is_worth_nothing_and_needs_no_price()
    {
        var stock = _book.Stock("A");
        _book.Buy(stock, 2, 1, 10);
        _book.Sell(stock, 3, 1, 10);

        foreach (var day in new[] { 1, 3 })
        {
            _book.Holding(stock, day).Value.Should().Be(0);
            _book.Holding(stock, day).Marks.Should().BeEmpty();
        }
    }

    [Fact]
    public void A_ledger_oversold_by_a_late_split_says_so()
    {
        var stock = _book.Stock("A", (1, 10m));
        _book.Buy(stock, 1, 10, 10);
        _book.Sell(stock, 5, 8, 10);
        _book.Split(stock, 3, 2, 1);
        _book.Buy(stock, 7, 1, 10);

        _book.Holding(stock, 4).Marks.Should().BeEmpty();
        var marks = _book.Holding(stock, 7).Marks;
        marks
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<Reason>(mark => mark.Code == ReasonCodes.LedgerOversold && mark.Date == Book.Day(5));
        Quality.Of(marks).Status.Should().Be(QualityStatus.Incomplete);
    }

    [Fact]
    public void Holdings_of_a_day_are_those_of_more_than_nothing_by_ticker()
    {
        var (b, a, c) = (_book.Stock("B", (1, 2m)), _book.Stock("A", (1, 1m)), _book.Stock("C", (1, 3m)));
        _book.Buy(b, 1, 1, 2);
        _book.Buy(a, 1, 1, 1);
        _book.Buy(c, 1, 1, 3);
        _book.Sell(b, 3, 1, 2);

        _book.Ledger.HoldingsOn(Book.Day(2)).Select(holding => holding.Stock.Ticker).Should().Equal("A", "B", "C");
        _book.Ledger.HoldingsOn(Book.Day(3)).Select(holding => holding.Stock.Ticker).Should().Equal("A", "C");
        _book.Ledger.HoldingsOn(Book.Day(0)).Should().BeEmpty();
    }

    [Fact]
    public void The_same_reason_is_given_once()
    {
        var reason = new Reason(ReasonCodes.Stale, null, Book.Day(1), "old");

        Quality.Of([reason, reason with { }]).Reasons.Should().ContainSingle();
        Quality.Of([]).Status.Should().Be(QualityStatus.Complete);
        Quality.Of([reason with { Code = ReasonCodes.NoCapital }]).Status.Should().Be(QualityStatus.Complete);
    }
}
