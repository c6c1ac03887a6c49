using CleanPortfolio.Domain.Currencies;
using CsCheck;

namespace CleanPortfolio.Domain.Tests.Currencies;

public class RateTests
{
    private static readonly DateOnly Monday = new(2026, 1, 5);
    private static readonly Gen<Rate> AnyRate = Gen.Long[1, 1_000_000_000_000_000_000].Select(units => Rate.Of(units / 1e10m));

    // 100 / 1.25 = 80; 1 / 1.28 = 0.78125; 1 / 3 has no end.
    [Theory]
    [InlineData("1.25", "100", "125", "80")]
    [InlineData("1.28", "1", "1.28", "0.78125")]
    [InlineData("3", "1", "3", "0.3333333333")]
    [InlineData("3", "-2", "-6", "-0.6666666667")]
    [InlineData("0.0000000001", "5", "0.0000000005", "50000000000")]
    public void It_converts_there_and_its_inverse_back(string rate, string amount, string there, string back)
    {
        Rate.Of(Number(rate)).Convert(Number(amount)).Should().Be(Number(there));
        Rate.Of(Number(rate)).Inverse().Convert(Number(amount)).Should().Be(Number(back));
    }

    // Ties go to the even digit: 0.00000000005 to 0, 0.00000000015 to 0.0000000002.
    [Theory]
    [InlineData("0.5", "0.0000000001", "0")]
    [InlineData("1.5", "0.0000000001", "0.0000000002")]
    [InlineData("-2.5", "0.0000000001", "-0.0000000002")]
    public void Only_the_result_is_rounded_half_to_even(string amount, string rate, string expected) =>
        Rate.Of(Number(rate)).Convert(Number(amount)).Should().Be(Number(expected));

    [Fact]
    public void A_third_of_three_is_one_however_often() =>
        (Rate.Of(3).Inverse() * Rate.Of(7) * Rate.Of(7).Inverse() * Rate.Of(3)).Convert(123.45m).Should().Be(123.45m);

    [Fact]
    public void There_and_back_is_where_it_was() =>
        Gen.Select(AnyRate, Gen.Long)
            .Sample(
                (rate, amount) => (rate * rate.Inverse()).IsOne && (rate * rate.Inverse()).Convert(amount / 1e4m) == amount / 1e4m,
                iter: 2_000
            );

    [Fact]
    public void The_order_and_the_grouping_of_rates_do_not_matter() =>
        Gen.Select(AnyRate, AnyRate, AnyRate).Sample((a, b, c) => a * b * c == a * (c * b), iter: 2_000);

    [Fact]
    public void The_inverse_of_the_inverse_is_the_rate() => AnyRate.Sample(rate => rate.Inverse().Inverse() == rate, iter: 2_000);

    [Fact]
    public void Rates_of_the_same_ratio_are_equal()
    {
        Rate.Of(1.10m).Should().Be(Rate.Of(1.1m));
        Rate.Of(1).Should().Be(Rate.One);
        (Rate.Of(4) * Rate.Of(0.25m)).Should().Be(Rate.One);
        default(Rate).Should().Be(Rate.One);
        Rate.One.Convert(12.34m).Should().Be(12.34m);
        Rate.Of(1, Monday).Should().NotBe(Rate.One, "it has a day");
    }

    [Fact]
    public void It_is_as_old_as_the_oldest_in_it()
    {
        var (older, newer, stated) = (Rate.Of(2, Monday), Rate.Of(3, Monday.AddDays(3)), Rate.Of(5));
        (older * newer).Date.Should().Be(Monday);
        (newer * older).Date.Should().Be(Monday);
        (stated * newer).Date.Should().Be(Monday.AddDays(3));
        (newer * Rate.One).Date.Should().Be(Monday.AddDays(3));
        (Rate.Of(1, Monday) * newer).Date.Should().Be(Monday, "a rate of one is a rate too");
        newer.Inverse().Date.Should().Be(Monday.AddDays(3));
        Rate.One.Date.Should().BeNull();
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
