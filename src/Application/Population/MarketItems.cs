using System.Globalization;
using CleanPortfolio.Domain.Calendars;

namespace CleanPortfolio.Application.Population;

/// <summary>The items of a population of the whole market: listings first, so that prices find their stocks; then sessions, newest first.</summary>
internal static class MarketItems
{
    public const string Listings = "listings";
    public const string Splits = "splits";
    public const string Dividends = "dividends";

    public static IEnumerable<string> Keys(DateOnly from, DateOnly to) =>
        UsMarketCalendar
            .Sessions(from, to)
            .Reverse()
            .Select(session => session.ToString("O", CultureInfo.InvariantCulture))
            .Prepend(Listings)
            .Append(Splits)
            .Append(Dividends);

    public static DateOnly Session(string key) => DateOnly.ParseExact(key, "O", CultureInfo.InvariantCulture);
}
