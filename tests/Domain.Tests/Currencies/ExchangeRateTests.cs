using CleanPortfolio.Domain.Currencies;

namespace CleanPortfolio.Domain.Tests.Currencies;

public class ExchangeRateTests
{
    [Theory]
    [InlineData("EUR", "USD", "1.1", null)]
    [InlineData("EUR", "USD", "0.0000000001", null)]
    [InlineData("EUR", "USD", "100000000", null)]
    [InlineData("EUR", "USD", "1.10000000000", null)]
    [InlineData("EUR", "USD", "0", "not positive")]
    [InlineData("EUR", "USD", "-1", "not positive")]
    [InlineData("EUR", "USD", "100000000.0000000001", "beyond")]
    [InlineData("EUR", "USD", "1.00000000001", "10 decimals")]
    [InlineData("EUR", "EUR", "1", "the same")]
    [InlineData("GBX", "USD", "0.0128", "minor unit")]
    [InlineData("USD", "ILA", "400", "minor unit")]
    public void A_rate_that_cannot_be_says_why(string @base, string quote, string rate, string? why)
    {
        var value = decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture);
        var problem = new ExchangeRate(Currency.Parse(@base), Currency.Parse(quote), new(2026, 1, 5), value).Implausible();
        if (why is null)
            problem.Should().BeNull();
        else
            problem.Should().Contain(why);
    }
}
