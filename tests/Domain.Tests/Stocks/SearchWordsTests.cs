using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Domain.Tests.Stocks;

public class SearchWordsTests
{
    [Theory]
    [InlineData("Coca-Cola Company", " coca cola company")]
    [InlineData("Johnson & Johnson", " johnson johnson")]
    [InlineData("Moody's Corp.", " moodys corp")]
    [InlineData("  Kittiwake Cruises Ålesund", " kittiwake cruises ålesund")]
    [InlineData("Northing 500 Index", " northing 500 index")]
    [InlineData("%_\\", "")]
    [InlineData(null, "")]
    public void Words_are_letters_and_digits_in_lower_case(string? text, string words) => SearchWords.Of(text).Should().Be(words);
}
