using System.Globalization;
using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Application.Population;

/// <summary>Names of the parts of the market.</summary>
internal static class MarketItems
{
    public const string Listings = "listings";
    public const string Splits = "splits";
    public const string Dividends = "dividends";
    public const string Active = "active";
    public const string Inactive = "inactive";

    /// <summary>The provider's two lists.</summary>
    public static readonly string[] Universe = [Active, Inactive];

    public static string Key(DateOnly session) => session.ToString("O", CultureInfo.InvariantCulture);

    public static DateOnly Session(string key) => DateOnly.ParseExact(key, "O", CultureInfo.InvariantCulture);

    /// <summary>What must not be done by two at once, whatever the job.</summary>
    public static IReadOnlyList<string> Units(JobItem item) =>
        item.Tickers is { } tickers ? [.. tickers.Select(ticker => $"{item.Work}:{ticker}")] : [$"{item.Work}:{item.Key}"];
}
