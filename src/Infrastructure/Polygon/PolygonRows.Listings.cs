using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>Who is listed, and under which tickers.</summary>
internal static partial class PolygonRows
{
    /// <summary>Of several listings of one ticker the newest, where they can't be two stocks: crawls tell a ticker twice.</summary>
    public static IReadOnlyList<Listing> OneOfEach(IReadOnlyList<Listing> listings) =>
        [
            .. listings
                .GroupBy(listing => (listing.Ticker, Which: listing.Active ? null : listing.Figi ?? $"{listing.DelistedOn}"))
                .Select(same => same.MaxBy(listing => listing.UpdatedAt ?? DateTimeOffset.MinValue)!),
        ];

    /// <summary>Oldest first. An event that can't be read is left out.</summary>
    public static IReadOnlyList<TickerSince> TickerHistory(IEnumerable<PolygonEvent> events) =>
        [
            .. events
                .Where(change =>
                    (change.Type is null or "ticker_change") && change.TickerChange is not null && IsTicker(change.TickerChange.Ticker)
                )
                .Select(change => (change.TickerChange!.Ticker, Date: Date(change.Date)))
                .Where(change => change.Date is not null)
                .Select(change => new TickerSince(change.Ticker!, change.Date!.Value))
                .OrderBy(change => change.From),
        ];
}
