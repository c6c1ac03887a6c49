using System.Numerics;
using CleanPortfolio.Domain.Portfolios;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Portfolios;

public class QuantityTests
{
    private static readonly BigInteger Unit = BigInteger.Pow(10, 10);
    private static readonly (int From, int To)[] Ratios = [(1, 2), (3, 1), (1, 3), (5, 11), (20, 21), (1000, 1), (1, 7)];

    [Fact]
    public void It_agrees_with_fractions_of_whole_numbers() =>
        Gen.Select(Gen.Int[0, 2], Gen.Long[1, 1_000_000_000_000_000], Gen.Int[0, Ratios.Length - 1])
            .Array[1, 20]
            .Sample(
                steps =>
                {
                    var quantity = Quantity.Zero;
                    var (numerator, denominator) = (BigInteger.Zero, Unit);
                    foreach (var (kind, units, ratio) in steps)
                    {
                        var (from, to) = Ratios[ratio];
                        quantity = kind switch
                        {
                            0 => quantity + Quantity.Of(units / 1e10m),
                            1 => quantity - Quantity.Of(units / 1e10m),
                            _ => quantity.Split(from, to),
                        };
                        (numerator, denominator) = kind switch
                        {
                            0 => ((numerator * Unit) + (units * denominator), denominator * Unit),
                            1 => ((numerator * Unit) - (units * denominator), denominator * Unit),
                            _ => (numerator * to, denominator * from),
                        };
                    }
                    return quantity.ToDecimal() == Rounded(numerator, denominator)
                        && quantity.IsZero == (Rounded(numerator, denominator) == 0)
                        && quantity.IsNegative == (Rounded(numerator, denominator) < 0)
                        && (quantity > Quantity.Zero) == (numerator > 0);
                },
                iter: 2_000
            );

    [Fact]
    public void A_share_of_an_amount_is_the_fraction_rounded() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000_000], Gen.Int[0, 1_000_000], Gen.Int[1, 1_000_000])
            .Sample(
                (units, part, more) =>
                    Quantity.ShareOf(units / 1e10m, Quantity.Of(part).Split(3, 1), Quantity.Of(part + more).Split(3, 1))
                    == Rounded(units * (BigInteger)part, Unit * (part + more)),
                iter: 2_000
            );

    [Fact]
    public void Any_split_undone_is_the_same_quantity() =>
        Gen.Select(Gen.Long[1, long.MaxValue / 2], Gen.Int[1, 100_000], Gen.Int[1, 100_000])
            .Sample(
                (units, from, to) =>
                {
                    var before = Quantity.Of(units / 1e10m);
                    var after = before.Split(from / 100m, to).Split(to, from / 100m);
                    return after == before && after.GetHashCode() == before.GetHashCode();
                },
                iter: 2_000
            );

    [Theory]
    [InlineData(1, "0.0000000000")] // 0.5 units, to even
    [InlineData(3, "0.0000000002")] // 1.5 units
    [InlineData(5, "0.0000000002")] // 2.5 units
    [InlineData(-3, "-0.0000000002")]
    public void It_rounds_half_to_even(int halves, string expected) =>
        Quantity
            .Of(halves * 1e-10m)
            .Split(2, 1)
            .ToDecimal()
            .Should()
            .Be(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Nothing_is_the_default_and_adds_nothing()
    {
        default(Quantity).Should().Be(Quantity.Of(0));
        default(Quantity).GetHashCode().Should().Be(Quantity.Of(0).Split(3, 7).GetHashCode());
        (Quantity.Of(1.5m) + default(Quantity)).Should().Be(Quantity.Of(1.5m));
        default(Quantity).Split(1, 2).IsZero.Should().BeTrue();
    }

    [Fact]
    public void It_prints_without_trailing_zeros() => Quantity.Of(12.5000m).ToString().Should().Be("12.5");

    [Fact]
    public void A_third_is_more_than_its_ten_decimals() => (Quantity.Of(1).Split(3, 1) > Quantity.Of(0.3333333333m)).Should().BeTrue();

    [Fact]
    public void Amounts_per_share_compare_exactly()
    {
        var (third, tenth) = (Quantity.Of(10).Split(3, 1), Quantity.Of(7).Split(3, 1));

        Quantity.ComparePerShare(100, third, 70, tenth).Should().Be(0);
        Quantity.ComparePerShare(100, third, 70.0000000001m, tenth).Should().BeNegative();
        Quantity.ComparePerShare(100.0000000001m, third, 70, tenth).Should().BePositive();
    }

    /// <summary>Half to even at 10 decimals, by the definition: the nearest whole count, the even one of two as near.</summary>
    private static decimal Rounded(BigInteger numerator, BigInteger denominator)
    {
        var twice = numerator * Unit * 2;
        var floor = BigInteger.Divide(twice - (((twice % (2 * denominator)) + (2 * denominator)) % (2 * denominator)), 2 * denominator);
        var above = twice - (2 * denominator * floor) - denominator; // sign says whether the fraction is above a half
        var units = above.Sign > 0 || (above.IsZero && !floor.IsEven) ? floor + 1 : floor;
        return (decimal)units / 1e10m;
    }
}
