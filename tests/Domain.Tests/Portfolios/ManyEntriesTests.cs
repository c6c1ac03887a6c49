using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public sealed class ManyEntriesTests
{
    private static readonly IReadOnlyCollection<Split> NoSplits = [];
    private static readonly DateTimeOffset Now = new(2024, 2, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Book _book = new();

    [Fact]
    public void Many_entries_are_one_change_of_the_ledger()
    {
        var stock = _book.Stock("A");
        _book.Buy(stock, 1, 10, 1);
        Transaction[] added =
        [
            Sale(stock, 3, 12),
            Purchase(stock, 2, 2),
            _book.Make(Book.Blank(TransactionKind.Deposit, 1) with { Amount = 1 }),
        ];

        _book.Portfolio.Record(added, [], _book.Entries, NoSplits, Book.Day(9), Now);

        _book.Portfolio.Version.Should().Be(1);
    }

    [Fact]
    public void One_entry_that_breaks_a_rule_refuses_all()
    {
        var stock = _book.Stock("A");
        var buy = _book.Buy(stock, 1, 10, 1);

        Code(() => _book.Portfolio.Record([Purchase(stock, 2, 1), Sale(stock, 3, 12)], [], _book.Entries, NoSplits, Book.Day(9), Now))
            .Should()
            .Be("transaction.oversold");
        Code(() => _book.Portfolio.Record([Purchase(stock, 2, 1), Purchase(stock, 10, 1)], [], _book.Entries, NoSplits, Book.Day(9), Now))
            .Should()
            .Be("transaction.futureDate");
        _book.Sell(stock, 4, 10, 1);
        Code(() => _book.Portfolio.Record([Purchase(stock, 1, 9)], [buy], _book.Entries, NoSplits, Book.Day(9), Now))
            .Should()
            .Be("transaction.oversold");
        Code(() => _book.Portfolio.Void([buy], _book.Entries, NoSplits, Now)).Should().Be("transaction.oversold");
        (_book.Portfolio.Version, buy.VoidedAt).Should().Be((0, null));
    }

    [Fact]
    public void Entries_that_need_each_other_are_voided_together()
    {
        var stock = _book.Stock("A");
        Transaction[] both = [_book.Buy(stock, 1, 10, 1), _book.Sell(stock, 4, 10, 1)];

        _book.Portfolio.Void(both, _book.Entries, NoSplits, Now);

        both.Should().OnlyContain(entry => entry.VoidedAt == Now);
    }

    [Fact]
    public void An_import_is_undone_once()
    {
        var import = new Import(Id<Import>.New(Now), _book.Portfolio.Id, "file", new RowCounts(1, 2, 3, 4, 5, 6), Now);

        import.Undo(Now);

        import.UndoneAt.Should().Be(Now);
        Code(() => import.Undo(Now)).Should().Be("import.alreadyUndone");
        (import.New, import.Same, import.Changed, import.Replaced, import.Conflicting, import.Unreadable).Should().Be((1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void Ids_made_together_sort_by_their_position()
    {
        var ids = Enumerable.Range(0, 10_000).Select(position => Id<Import>.New(Now, position)).ToList();

        ids.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        ids.Select(id => id.ToString()).Should().BeInAscendingOrder(StringComparer.Ordinal, "the database compares bytes");
        ids.Should().OnlyContain(id => id.Value.Version == 7 && id.Value.Variant >= 8 && id.Value.Variant <= 11);
    }

    private static string? Code(Action act) => act.Should().Throw<RuleBroken>().Which.Code;

    private Transaction Purchase(Id<Stock> stock, int day, decimal quantity) => Trade(TransactionKind.Buy, stock, day, quantity);

    private Transaction Sale(Id<Stock> stock, int day, decimal quantity) => Trade(TransactionKind.Sell, stock, day, quantity);

    private Transaction Trade(TransactionKind kind, Id<Stock> stock, int day, decimal quantity) =>
        _book.Make(Book.Blank(kind, day) with { StockId = stock, Quantity = quantity, UnitPrice = 1 });
}
