using System.Globalization;
using System.Text;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Tests.Markets;

public class MicrosTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("42.5300", "42.53")]
    [InlineData("10006.9902", "10006.9902")]
    [InlineData("-0.000001", "-0.000001")]
    [InlineData("427142500", "427142500")]
    [InlineData("0.1234567", "0.123456")]
    [InlineData(".5", "0.5")]
    public void Text_goes_in_and_out(string text, string shortest)
    {
        Micros.TryParse(Encoding.ASCII.GetBytes(text), out var value).Should().BeTrue();
        Span<byte> written = stackalloc byte[32];
        Encoding.ASCII.GetString(written[..Micros.Format(value, written)]).Should().Be(shortest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1e6")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    public void Anything_else_is_refused(string text) => Micros.TryParse(Encoding.ASCII.GetBytes(text), out _).Should().BeFalse();

    [Fact]
    public void The_exponent_form_means_the_same_number()
    {
        Span<byte> written = stackalloc byte[48];
        var text = Encoding.ASCII.GetString(written[..Micros.FormatExponent(41_120_042_153_782, written)]);

        text.Should().Be("4.1120042153782e+07");
        decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Should().Be(41_120_042.153782m);
    }
}
