using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>Rows about who is listed under which ticker.</summary>
internal static partial class PolygonRows
{
    public static Parsed<Listing> Listing(PolygonTicker row)
    {
        if (!IsTicker(row.Ticker))
            return new(null, Reject(RowKind.Listing, row.Ticker, null, UnreadableTicker, Content(row)));
        var currency = Currency.TryParse(row.CurrencyName, null, out var named) ? named : Currency.Usd;
        var active = row.Active ?? row.DelistedUtc is null;
        return new(
            new Listing(
                row.Ticker!,
                row.Name,
                row.PrimaryExchange,
                currency,
                row.Type,
                row.CompositeFigi,
                active,
                Date(row.ListDate),
                active ? null : Date(row.DelistedUtc)
            )
            {
                UpdatedAt = Instant(row.LastUpdatedUtc),
            },
            null
        );
    }

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

    private static string Content(PolygonTicker row) =>
        RejectedContent.Of(("ticker", row.Ticker), ("name", row.Name), ("figi", row.CompositeFigi), ("listedOn", row.ListDate));

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
