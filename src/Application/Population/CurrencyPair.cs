using CleanPortfolio.Domain;

namespace CleanPortfolio.Application.Population;

/// <summary>The provider's tickers of pairs of currencies: <c>C:EURUSD</c> is the dollar price of a euro.</summary>
internal static class CurrencyPair
{
    private const string Prefix = "C:";

    public static bool IsMeant(string ticker) => ticker.StartsWith(Prefix, StringComparison.Ordinal);

    public static string TickerOf(Currency @base, Currency quote) => $"{Prefix}{@base}{quote}";

    /// <summary>Base and quote; null unless both are major currencies in upper case, and two.</summary>
    public static (Currency Base, Currency Quote)? Parse(string ticker)
    {
        var letters = ticker[Prefix.Length..];
        return
            letters.Length == 6
            && letters.All(char.IsAsciiLetterUpper)
            && Currency.TryParse(letters[..3], null, out var @base)
            && Currency.TryParse(letters[3..], null, out var quote)
            && @base != quote
            && (@base.UnitsPerMajor, quote.UnitsPerMajor) == (1, 1)
            ? (@base, quote)
            : null;
    }
}
