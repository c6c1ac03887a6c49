namespace CleanPortfolio.Domain.Tests;

public class CurrencyTests
{
    [Theory]
    [InlineData("USD", "USD")]
    [InlineData("eur", "EUR")]
    [InlineData("Jpy", "JPY")]
    public void Three_letters_in_any_case_are_a_currency(string text, string code) => Currency.Parse(text).Code.Should().Be(code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("US")]
    [InlineData("USDT")]
    [InlineData("XXX")]
    [InlineData("DEM")] // no longer in use
    [InlineData("U$D")]
    [InlineData(" USD")]
    [InlineData("USD\0")]
    public void Anything_else_is_not(string? text)
    {
        Currency.TryParse(text, null, out var currency).Should().BeFalse();
        currency.Should().Be(default(Currency));
        var parsing = () => Currency.Parse(text!);
        parsing.Should().Throw<FormatException>();
    }

    [Fact]
    public void The_same_letters_are_the_same_currency()
    {
        Currency.Parse("usd").Should().Be(Currency.Usd);
        Currency.Parse("EUR").Should().NotBe(Currency.Usd);
        Currency.Usd.ToString().Should().Be("USD");
        default(Currency).ToString().Should().BeEmpty();
    }

    [Theory]
    [InlineData("GBX", "GBX", "GBP")]
    [InlineData("gbx", "GBX", "GBP")]
    [InlineData("GBp", "GBX", "GBP")]
    [InlineData("ZAC", "ZAC", "ZAR")]
    [InlineData("ZAc", "ZAC", "ZAR")]
    [InlineData("ILA", "ILA", "ILS")]
    public void A_minor_unit_is_a_currency_of_its_own_and_a_hundredth_of_its_major_one(string text, string code, string major)
    {
        var minor = Currency.Parse(text);
        (minor.Code, minor.ToMajor().Code, minor.UnitsPerMajor).Should().Be((code, major, 100));
        minor.Should().NotBe(minor.ToMajor());
        (minor.ToMajor().ToMajor(), minor.ToMajor().UnitsPerMajor).Should().Be((minor.ToMajor(), 1));
    }

    [Theory]
    [InlineData("GBP")]
    [InlineData("gbp")]
    [InlineData("Gbp")]
    [InlineData("gBp")]
    public void A_pound_in_any_other_case_is_no_penny(string text) => Currency.Parse(text).Code.Should().Be("GBP");

    [Fact]
    public void No_currency_is_its_own_major_one() =>
        (default(Currency).ToMajor(), default(Currency).UnitsPerMajor).Should().Be((default, 1));
}
