using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public sealed class OversalesTests
{
    private readonly Book _book = new();

    [Fact]
    public void A_new_sale_of_more_than_is_held_is_refused_and_the_next_one_that_fits_is_not()
    {
        var stock = _book.Stock("A");
        Transaction[] added = [Trade(TransactionKind.Buy, stock, 1, 10), Sale(stock, 2, 11), Sale(stock, 3, 10)];

        Oversales
            .Among(stock, added, [], [])
            .Refused.Should()
            .Equal(new Dictionary<Id<Transaction>, DateOnly> { [added[1].Id] = Book.Day(2) });
    }

    [Fact]
    public void Of_new_sales_that_starve_an_old_one_the_last_goes()
    {
        var stock = _book.Stock("A");
        var old = new[] { _book.Buy(stock, 1, 10, 1), _book.Sell(stock, 9, 8, 1) };
        Transaction[] added = [Sale(stock, 3, 2), Sale(stock, 2, 2)];

        var walk = Oversales.Among(stock, added, old, []);

        // 10 - 2 - 2 leaves 6 for a sale of 8: without the sale of day 3 it is 8.
        walk.Refused.Should().ContainSingle().Which.Should().Be(new KeyValuePair<Id<Transaction>, DateOnly>(added[0].Id, Book.Day(9)));
        walk.OversoldOn.Should().BeNull();
    }

    [Fact]
    public void What_is_given_back_has_gone_through_the_splits_since()
    {
        var stock = _book.Stock("A");
        var old = new[] { _book.Buy(stock, 1, 10, 1), _book.Sell(stock, 9, 30, 1) };
        Transaction[] added = [Sale(stock, 2, 1)];

        // 10 became 30 on day 5, and all 30 were sold: the new sale of 1 took 3 of them.
        var walk = Oversales.Among(stock, added, old, [new Split(stock, Book.Day(5), 1, 3)]);

        walk.Refused.Should().ContainKey(added[0].Id);
        walk.OversoldOn.Should().BeNull();
    }

    [Fact]
    public void A_ledger_that_is_oversold_by_itself_is_told_as_such()
    {
        var stock = _book.Stock("A");
        Transaction[] old = [_book.Sell(stock, 2, 1, 1)];

        Oversales.Among(stock, [], old, []).OversoldOn.Should().Be(Book.Day(2));
    }

    [Fact]
    public void A_spin_off_brings_shares_of_the_other_stock_and_takes_none()
    {
        var (parent, child) = (_book.Stock("A"), _book.Stock("B"));
        Transaction[] added = [_book.SpinOff(parent, 2, child, 5, 0.2m), Sale(child, 3, 5), Sale(child, 4, 1)];
        Transaction[] old = [_book.Buy(parent, 1, 10, 1), _book.Sell(parent, 9, 10, 1)];

        Oversales.Among(parent, [added[0]], old, []).Refused.Should().BeEmpty();
        Oversales.Among(child, added, [], []).Refused.Keys.Should().Equal(added[2].Id);
    }

    [Fact]
    public void Nothing_is_spun_off_from_what_is_not_held_and_a_sale_that_would_make_it_so_is_to_blame()
    {
        var (parent, child) = (_book.Stock("A"), _book.Stock("B"));
        var spinOff = _book.SpinOff(parent, 5, child, 5, 0.2m);
        Transaction[] old = [_book.Buy(parent, 1, 10, 1), spinOff];
        Transaction[] added = [Sale(parent, 3, 4), Sale(parent, 4, 6)];

        Oversales.Among(parent, [spinOff], [], []).Refused.Keys.Should().Equal(spinOff.Id);
        Oversales.Among(parent, added, old, []).Refused.Keys.Should().Equal(added[1].Id);
        Oversales.Among(parent, [], [spinOff], []).OversoldOn.Should().Be(Book.Day(5));
    }

    [Fact]
    public void A_merger_takes_its_shares_and_brings_the_others()
    {
        var (parent, heir) = (_book.Stock("A"), _book.Stock("B"));
        var merger = _book.Merger(parent, 2, 10, heir, 4);
        Transaction[] added = [merger, Sale(parent, 3, 1), Sale(heir, 3, 4), Sale(heir, 4, 1)];
        Transaction[] old = [_book.Buy(parent, 1, 10, 1)];

        Oversales.Among(parent, [added[0], added[1]], old, []).Refused.Keys.Should().Equal(added[1].Id);
        Oversales.Among(heir, [added[0], added[2], added[3]], [], []).Refused.Keys.Should().Equal(added[3].Id);
    }

    [Fact]
    public void What_is_left_after_the_refused_ones_is_never_oversold_and_none_is_refused_without_need() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 20], Gen.Bool, Gen.Bool)
            .Array[1, 25]
            .Sample(
                rows =>
                {
                    var book = new Book();
                    var stock = book.Stock("A");
                    var split = new Split(stock, Book.Day(6), 3, 2);
                    var (old, added) = (new List<Transaction>(), new List<Transaction>());
                    foreach (var (day, quantity, isSale, isNew) in rows)
                    {
                        var kind = isSale ? TransactionKind.Sell : TransactionKind.Buy;
                        var entry = book.Make(Stated(kind, stock, day, quantity));
                        if (isNew)
                            added.Add(entry);
                        else if (!isSale || !Oversold([.. old, entry], split))
                            old.Add(entry);
                    }
                    var walk = Oversales.Among(stock, added, old, [split]);
                    var kept = added.Where(entry => !walk.Refused.ContainsKey(entry.Id)).ToList();
                    return walk.OversoldOn is null
                        && !Oversold([.. old, .. kept], split)
                        && (walk.Refused.Count > 0) == Oversold([.. old, .. added], split);
                },
                iter: 2000
            );

    private static bool Oversold(List<Transaction> entries, Split split) =>
        Position.Of(entries, [split], CostMethod.Fifo, Currency.Usd).OversoldOn is not null;

    private Transaction Sale(Id<Stock> stock, int day, decimal quantity) => Trade(TransactionKind.Sell, stock, day, quantity);

    private Transaction Trade(TransactionKind kind, Id<Stock> stock, int day, decimal quantity) =>
        _book.Make(Stated(kind, stock, day, quantity));

    private static Entry Stated(TransactionKind kind, Id<Stock> stock, int day, decimal quantity) =>
        Book.Blank(kind, day) with
        {
            StockId = stock,
            Quantity = quantity,
            UnitPrice = 1,
        };
}
