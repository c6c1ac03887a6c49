using System.Globalization;
using System.Numerics;
using CsCheck;

namespace CleanPortfolio.Domain.Tests;

public class ExactTests
{
    [Theory]
    [InlineData("0.00000000005", "0")]
    [InlineData("0.00000000015", "0.0000000002")]
    [InlineData("-0.00000000025", "-0.0000000002")]
    [InlineData("0.000000000051", "0.0000000001")]
    public void It_rounds_half_to_even_at_ten_decimals(string value, string expected) =>
        Exact.Round(Number(value)).Should().Be(Number(expected));

    [Theory]
    [InlineData("12.5000", "12.5")]
    [InlineData("100", "100")]
    [InlineData("0.00", "0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Trailing_zeros_are_not_shown(string value, string expected) =>
        Exact.Trim(Number(value)).ToString(CultureInfo.InvariantCulture).Should().Be(expected);

    [Fact]
    public void A_product_is_the_true_product_rounded_once() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000_000_000], Gen.Long[-1_000_000_000_000_000_000, 1_000_000_000_000_000_000])
            .Sample((a, b) => Exact.Product(a / 1e10m, b / 1e10m) == Rounded((BigInteger)a * b), iter: 5_000);

    [Fact]
    public void A_double_is_the_one_that_the_text_of_the_decimal_is_read_as() =>
        Gen.Select(Gen.Decimal, Gen.Long, Gen.Int[0, 28], Gen.Int[0, 12])
            .Sample(
                (any, digits, scale, more) =>
                {
                    var made = new decimal((int)digits, (int)(digits >> 32), (int)((digits >> 13) >> more), digits < 0, (byte)scale);
                    return Near(any) && Near(made);
                },
                iter: 20_000
            );

    private static bool Near(decimal value) =>
        Exact.ToDouble(value).Equals(double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    [Fact]
    public void A_ratio_needs_a_positive_whole()
    {
        Exact.Ratio(1, 3).Should().Be(1.0 / 3);
        Exact.Ratio(1, 0).Should().BeNull();
        Exact.Ratio(1, -1).Should().BeNull();
    }

    /// <summary>A count of 1e-20 to a count of 1e-10, half to even.</summary>
    private static decimal Rounded(BigInteger units)
    {
        var unit = BigInteger.Pow(10, 10);
        var (size, rest) = BigInteger.DivRem(BigInteger.Abs(units), unit);
        var up = rest * 2 > unit || (rest * 2 == unit && !size.IsEven);
        return units.Sign * (decimal)(up ? size + 1 : size) / 1e10m;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
