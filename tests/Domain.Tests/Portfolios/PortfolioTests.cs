using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public class PortfolioTests
{
    private static readonly DateTimeOffset Now = new(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Book _book = new();
    private readonly Id<Stock> _stock;

    public PortfolioTests() => _stock = _book.Stock("A");

    [Fact]
    public void Selling_what_is_held_is_recorded_and_counted()
    {
        _book.Buy(_stock, 1, 10, 100);

        Record(TransactionKind.Sell, 2, 10);

        _book.Portfolio.Version.Should().Be(1);
    }

    [Fact]
    public void Selling_more_than_is_held_is_refused()
    {
        _book.Buy(_stock, 1, 10, 100);

        Recording(TransactionKind.Sell, 2, 10.0000000001m).Should().Throw<RuleBroken>().Which.Code.Should().Be("transaction.oversold");
        _book.Portfolio.Version.Should().Be(0);
    }

    [Fact]
    public void Selling_before_buying_is_refused()
    {
        _book.Buy(_stock, 5, 10, 100);

        Recording(TransactionKind.Sell, 4, 1).Should().Throw<RuleBroken>().WithMessage("*2024-01-04*");
    }

    [Fact]
    public void A_sale_in_the_past_that_a_later_one_needs_is_refused()
    {
        _book.Buy(_stock, 1, 10, 100);
        _book.Sell(_stock, 9, 8, 100);

        Recording(TransactionKind.Sell, 5, 3).Should().Throw<RuleBroken>().WithMessage("*2024-01-09*");
        Recording(TransactionKind.TransferOut, 5, 3).Should().Throw<RuleBroken>();
        Recording(TransactionKind.Sell, 5, 2).Should().NotThrow();
    }

    [Fact]
    public void A_purchase_in_the_past_is_accepted()
    {
        _book.Buy(_stock, 5, 10, 100);

        Recording(TransactionKind.Buy, 1, 3).Should().NotThrow();
        _book.Ledger.FirstDay.Should().Be(Book.Day(1));
    }

    [Fact]
    public void A_round_trip_of_one_day_is_accepted_in_either_order_of_recording()
    {
        _book.Sell(_stock, 5, 10, 100);

        Recording(TransactionKind.Buy, 5, 10).Should().NotThrow();
    }

    [Fact]
    public void Shares_are_counted_after_a_split_of_the_day()
    {
        _book.Buy(_stock, 1, 10, 100);
        _book.Split(_stock, 5, 1, 2);

        Recording(TransactionKind.Sell, 5, 20).Should().NotThrow();
        Recording(TransactionKind.Sell, 4, 11).Should().Throw<RuleBroken>();
    }

    [Fact]
    public void A_date_after_today_is_refused()
    {
        Recording(TransactionKind.Buy, 62, 1).Should().Throw<RuleBroken>().Which.Code.Should().Be("transaction.futureDate");
        Recording(TransactionKind.Buy, 61, 1).Should().NotThrow(); // today itself
    }

    [Fact]
    public void A_void_entry_counts_no_more_and_stays()
    {
        var bought = _book.Buy(_stock, 1, 10, 100);

        _book.Portfolio.Void(bought, _book.Entries, [], Now);

        bought.VoidedAt.Should().Be(Now);
        _book.Ledger.Entries.Should().BeEmpty();
        Position.Of(_book.Entries, [], CostMethod.Fifo, Currency.Usd).Steps.Should().BeEmpty();
    }

    [Fact]
    public void Voiding_a_purchase_that_was_sold_is_refused_and_leaves_it()
    {
        var bought = _book.Buy(_stock, 1, 10, 100);
        _book.Sell(_stock, 2, 1, 100);

        var voiding = () => _book.Portfolio.Void(bought, _book.Entries, [], Now);

        voiding.Should().Throw<RuleBroken>().Which.Code.Should().Be("transaction.oversold");
        bought.VoidedAt.Should().BeNull();
        _book.Portfolio.Version.Should().Be(0);
    }

    [Fact]
    public void Voiding_twice_is_refused()
    {
        var bought = _book.Buy(_stock, 1, 10, 100);
        _book.Portfolio.Void(bought, _book.Entries, [], Now);

        var again = () => _book.Portfolio.Void(bought, _book.Entries, [], Now.AddDays(1));

        again.Should().Throw<RuleBroken>().Which.Code.Should().Be("transaction.alreadyVoid");
        bought.VoidedAt.Should().Be(Now);
    }

    [Fact]
    public void A_split_that_arrives_late_and_takes_shares_away_is_noted_not_thrown()
    {
        _book.Buy(_stock, 1, 10, 100);
        _book.Sell(_stock, 5, 8, 100);
        _book.Split(_stock, 3, 2, 1);

        // 10 are 5 by then: 3 of the 8 sold were never there and have no cost
        var position = _book.Position(_stock);
        position.OversoldOn.Should().Be(Book.Day(5));
        position.Realised.Sum(lot => lot.Proceeds).Should().Be(800);
        position.Realised.Sum(lot => lot.Price).Should().Be(1000);
        position.At(Book.Day(5)).Quantity.Should().Be(0);
    }

    [Fact]
    public void Updating_leaves_what_is_not_given()
    {
        _book.Portfolio.Update(null, CashMode.Tracked, null);

        _book
            .Portfolio.Should()
            .BeEquivalentTo(
                new
                {
                    Name = "Book",
                    Cash = CashMode.Tracked,
                    CostMethod = CostMethod.Fifo,
                    Version = 1L,
                }
            );
    }

    private Action Recording(TransactionKind kind, int day, decimal quantity) => () => Record(kind, day, quantity);

    private void Record(TransactionKind kind, int day, decimal quantity)
    {
        var price = kind is TransactionKind.TransferOut ? (decimal?)null : 100m;
        var entry = _book.Make(Book.Blank(kind, day) with { StockId = _stock, Quantity = quantity, UnitPrice = price });
        _book.Portfolio.Record(entry, _book.Entries, _book.Facts[_stock].Splits, today: Book.Day(61));
        _book.Entries.Add(entry);
    }
}
