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
}
