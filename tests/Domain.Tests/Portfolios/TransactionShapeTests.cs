using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public class TransactionShapeTests
{
    private static readonly string[] Fields = ["StockId", "Quantity", "UnitPrice", "Amount", "Fee", "Tax", "AcquiredOn"];

    /// <summary>Per field in the order above: ! required, ? allowed, - refused.</summary>
    public static TheoryData<TransactionKind, string> Table { get; } =
        new()
        {
            { TransactionKind.Buy, "!!!-??-" },
            { TransactionKind.Sell, "!!!-??-" },
            { TransactionKind.Dividend, "!--!??-" },
            { TransactionKind.Interest, "---!---" },
            { TransactionKind.Fee, "?--!---" },
            { TransactionKind.Tax, "?--!---" },
            { TransactionKind.Deposit, "---!---" },
            { TransactionKind.Withdrawal, "---!---" },
            { TransactionKind.TransferIn, "!!!---?" },
            { TransactionKind.TransferOut, "!!-----" },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_kind_has_its_fields(TransactionKind kind, string needs)
    {
        var least = Fields.Where((_, i) => needs[i] == '!').Aggregate(Book.Blank(kind, 9), With);
        Problems(least).Should().BeEmpty();
        for (var i = 0; i < Fields.Length; i++)
        {
            Problems(Without(least, Fields[i])).Should().Equal(needs[i] == '!' ? [Fields[i]] : [], "without {0}", Fields[i]);
            Problems(With(least, Fields[i])).Should().Equal(needs[i] == '-' ? [Fields[i]] : [], "with {0}", Fields[i]);
        }
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("0.0000000001", true)]
    [InlineData("0.00000000001", false)]
    [InlineData("1.50000000000000", true)] // trailing zeros are no decimals
    [InlineData("1000000000000", true)]
    [InlineData("1000000000000.1", false)]
    [InlineData("79228162514264337593543950335", false)]
    public void A_quantity_is_positive_and_bounded(string quantity, bool fits) =>
        Problems(Buy() with { Quantity = Number(quantity), UnitPrice = 1 }).Any().Should().Be(!fits);

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0.01", false)]
    [InlineData("1000000000000.01", false)]
    public void A_price_may_be_nothing_but_not_less(string price, bool fits) =>
        Problems(Buy() with { UnitPrice = Number(price) }).Any().Should().Be(!fits);

    [Theory]
    [InlineData(TransactionKind.Interest, true)]
    [InlineData(TransactionKind.Fee, true)]
    [InlineData(TransactionKind.Tax, true)]
    [InlineData(TransactionKind.Deposit, false)]
    [InlineData(TransactionKind.Withdrawal, false)]
    public void Only_interest_and_refunds_may_be_negative(TransactionKind kind, bool mayBe)
    {
        Problems(Book.Blank(kind, 9) with { Amount = -1 }).Any().Should().Be(!mayBe);
        Problems(Book.Blank(kind, 9) with { Amount = -1_000_000_000_001m }).Should().Equal("Amount");
    }

    [Fact]
    public void Charges_are_not_negative()
    {
        Problems(Buy() with { Fee = -1 }).Should().Equal("Fee");
        Problems(Buy() with { Tax = -1 }).Should().Equal("Tax");
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("0.0000000001", true)]
    public void A_rate_is_positive(string rate, bool fits) => Problems(Buy() with { FxRate = Number(rate) }).Any().Should().Be(!fits);

    [Theory]
    [InlineData("1000000000000", "1000", "1", true)]
    [InlineData("1000000000000", "1000.01", "1", false)]
    [InlineData("1000000000000", "1000", "1.01", false)]
    [InlineData("1", "1000000000000", "1001", false)]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335", "79228162514264337593543950335", false)]
    public void The_whole_is_bounded_in_portfolio_currency(string quantity, string price, string rate, bool fits) =>
        Problems(Buy() with { Quantity = Number(quantity), UnitPrice = Number(price), FxRate = Number(rate) }).Any().Should().Be(!fits);

    [Theory]
    [InlineData("1000000000000", "1001")]
    [InlineData("-1000000000000", "1001")]
    public void An_amount_is_bounded_in_portfolio_currency(string amount, string rate) =>
        Problems(Book.Blank(TransactionKind.Fee, 9) with { Amount = Number(amount), FxRate = Number(rate) }).Should().NotBeEmpty();

    [Fact]
    public void Shares_are_not_acquired_after_their_delivery()
    {
        var entry = Fields.Where((_, i) => "!!!----"[i] == '!').Aggregate(Book.Blank(TransactionKind.TransferIn, 9), With);

        Problems(entry with { AcquiredOn = Book.Day(9) }).Should().BeEmpty();
        Problems(entry with { AcquiredOn = Book.Day(10) }).Should().Equal("AcquiredOn");
    }

    [Fact]
    public void A_transaction_of_the_wrong_shape_can_not_be_made()
    {
        var making = () => new Book().Make(Buy() with { Quantity = null });

        making.Should().Throw<RuleBroken>().WithMessage("Quantity: *").Which.Code.Should().Be("transaction.shape");
    }

    [Fact]
    public void A_transaction_keeps_what_was_stated()
    {
        var stated = Buy() with { FxRate = 1.1m, Note = "n", ExternalId = "x", Fee = 1.10m, Tax = 2 };

        new Book().Make(stated).Should().BeEquivalentTo(stated, how => how.ComparingByValue<Currency>());
    }

    private static Entry Buy() => Fields.Take(3).Aggregate(Book.Blank(TransactionKind.Buy, 9), With);

    private static IEnumerable<string> Problems(Entry entry) => TransactionShape.Problems(entry).Select(problem => problem.Field).ToList();

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Entry With(Entry entry, string field) => Set(entry, field, given: true);

    private static Entry Without(Entry entry, string field) => Set(entry, field, given: false);

    private static Entry Set(Entry entry, string field, bool given) =>
        field switch
        {
            "StockId" => entry with { StockId = given ? Id<Stock>.New(DateTimeOffset.UnixEpoch) : null },
            "Quantity" => entry with { Quantity = given ? 1 : null },
            "UnitPrice" => entry with { UnitPrice = given ? 1 : null },
            "Amount" => entry with { Amount = given ? 1 : null },
            "Fee" => entry with { Fee = given ? 1 : 0 },
            "Tax" => entry with { Tax = given ? 1 : 0 },
            _ => entry with { AcquiredOn = given ? Book.Day(1) : null },
        };
}
