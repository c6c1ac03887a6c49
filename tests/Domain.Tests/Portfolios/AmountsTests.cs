using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Tests.Making;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public class AmountsTests
{
    private readonly Book _book = new();

    [Theory]
    [InlineData(TransactionKind.Buy, -103)]
    [InlineData(TransactionKind.Sell, 97)]
    [InlineData(TransactionKind.TransferIn, 0)]
    [InlineData(TransactionKind.TransferOut, 0)]
    [InlineData(TransactionKind.Dividend, 97)]
    [InlineData(TransactionKind.Interest, 100)]
    [InlineData(TransactionKind.Fee, -100)]
    [InlineData(TransactionKind.Tax, -100)]
    [InlineData(TransactionKind.Deposit, 100)]
    [InlineData(TransactionKind.Withdrawal, -100)]
    public void Cash_moves_by_kind(TransactionKind kind, int expected) => new Amounts(100, 2, 1).Cash(kind).Should().Be(expected);

    [Fact]
    public void A_product_is_rounded_once_half_to_even()
    {
        // 0.00005 x 0.000001 = 0.00000000005 and 0.00015 x 0.000001 = 0.00000000015: ties at the tenth decimal
        var stock = _book.Stock("A");
        Of(_book.Buy(stock, 1, 0.00005m, 0.000001m)).Gross.Should().Be(0m);
        Of(_book.Buy(stock, 1, 0.00015m, 0.000001m)).Gross.Should().Be(0.0000000002m);
    }

    [Fact]
    public void A_product_of_many_digits_is_rounded_from_its_true_value()
    {
        // 100000.1 x 100000 + 100000.1 x 5e-10 + 100000 x 1e-10 + 5e-20 = 10000010000.0000600000|50000000 05: above a tie,
        // which 28 digits can't show
        var stock = _book.Stock("A");
        Of(_book.Buy(stock, 1, 100000.1000000001m, 100000.0000000005m)).Gross.Should().Be(10000010000.0000600001m);
    }

    [Fact]
    public void An_amount_in_another_currency_needs_its_rate()
    {
        var entry = Book.Blank(TransactionKind.Deposit, 1) with { Amount = 10, Currency = Currency.Parse("EUR") };

        Amounts.Of(_book.Add(entry), Conversion.Within(Currency.Usd)).Should().BeNull();
        Amounts.Of(_book.Add(entry with { FxRate = 1.1m }), Conversion.Within(Currency.Usd)).Should().Be(new Amounts(11, 0, 0));
    }

    private static Amounts Of(Transaction entry) => Amounts.Of(entry, Conversion.Within(Currency.Usd))!.Value;
}
