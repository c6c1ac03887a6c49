using System.Globalization;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Jobs;

namespace CleanPortfolio.Application.Population;

/// <summary>The items of a population of the whole market: listings first, so that prices find their stocks; then sessions, newest first.</summary>
internal static class MarketItems
{
    public const string Listings = "listings";
    public const string Splits = "splits";
    public const string Dividends = "dividends";

    public static IEnumerable<PlannedItem> Of(DateOnly from, DateOnly to) =>
        UsMarketCalendar
            .Sessions(from, to)
            .Reverse()
            .Select(session => new PlannedItem(session.ToString("O", CultureInfo.InvariantCulture), ItemWork.Session, session, session, 1))
            .Prepend(new PlannedItem(Listings, ItemWork.Universe, null, null, 2))
            .Append(new PlannedItem(Splits, ItemWork.Splits, from, to, 1))
            .Append(new PlannedItem(Dividends, ItemWork.Dividends, from, to, 1));

    public static DateOnly Session(string key) => DateOnly.ParseExact(key, "O", CultureInfo.InvariantCulture);
}
