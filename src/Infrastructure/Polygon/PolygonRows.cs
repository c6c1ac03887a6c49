using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>A row that can be true, or what is wrong with it.</summary>
internal readonly record struct Parsed<T>(T? Value, string? Problem);

/// <summary>Reads the provider's rows one by one and refuses those that can't be true.</summary>
internal static class PolygonRows
{
    public static Parsed<Listing> Listing(PolygonTicker row)
    {
        if (TickerProblem(row.Ticker) is { } problem)
            return new(null, problem);
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
                    (change.Type is null or "ticker_change")
                    && change.TickerChange is not null
                    && TickerProblem(change.TickerChange.Ticker) is null
                )
                .Select(change => (change.TickerChange!.Ticker, Date: Date(change.Date)))
                .Where(change => change.Date is not null)
                .Select(change => new TickerSince(change.Ticker!, change.Date!.Value))
                .OrderBy(change => change.From),
        ];

    public static Parsed<Bar> Bar(PolygonBar row, DateOnly from, DateOnly to)
    {
        if (row is not { Time: { } t, Open: { } open, High: { } high, Low: { } low, Close: { } close, Volume: { } volume })
            return new(default, $"{DateOf(row.Time):yyyy-MM-dd}: a number is missing or can't be read");
        if (DateOf(t) is not { } date || date < from || date > to)
            return new(default, $"{DateOf(t):yyyy-MM-dd}: the day is outside of what was asked");
        var bar = new Bar(date, Price(open), Price(high), Price(low), Price(close), Exact.Trim(volume));
        return bar.Implausible() is { } problem ? new(default, $"{date:yyyy-MM-dd}: {problem}") : new(bar, null);
    }

    public static Parsed<ExchangeRate> Rate(PolygonBar row, Currency @base, Currency quote, DateOnly from, DateOnly to)
    {
        if (row is not { Time: { } t, Open: { } open, High: { } high, Low: { } low, Close: { } close })
            return new(null, $"{UtcDateOf(row.Time):yyyy-MM-dd}: a number is missing or can't be read");
        if (UtcDateOf(t) is not { } date || date < from.AddDays(-1) || date > to.AddDays(1))
            return new(null, $"{UtcDateOf(t):yyyy-MM-dd}: the day is outside of what was asked");
        var rate = new ExchangeRate(@base, quote, date, Exact.Trim(Exact.Round(close)));
        var problem = new Bar(date, open, high, low, close, row.Volume ?? 0).Implausible() ?? rate.Implausible();
        return problem is null ? new(rate, null) : new(null, $"{date:yyyy-MM-dd}: {problem}");
    }

    public static Parsed<TickerBar> TickerBar(PolygonBar row, DateOnly session)
    {
        if (TickerProblem(row.Ticker) is { } problem)
            return new(default, problem);
        var bar = Bar(row, session, session);
        return bar.Problem is null ? new(new TickerBar(row.Ticker!, bar.Value), null) : new(default, $"{row.Ticker} {bar.Problem}");
    }

    public static Parsed<ProviderSplit> Split(PolygonSplit row)
    {
        if (TickerProblem(row.Ticker) is { } problem)
            return new(null, problem);
        if (
            Date(row.ExecutionDate) is not { } date
            || row is not { From: > 1e-6m and < 1e9m and { } from, To: > 1e-6m and < 1e9m and { } to }
            || from == to
        )
            return new(null, $"{row.Ticker} split of {row.ExecutionDate}: {row.From} to {row.To} is no split");
        return new(new ProviderSplit(row.Ticker!, date, Exact.Round(from), Exact.Round(to)), null);
    }

    public static Parsed<ProviderDividend> Dividend(PolygonDividend row)
    {
        if (TickerProblem(row.Ticker) is { } problem)
            return new(null, problem);
        if (Date(row.ExDividendDate) is not { } exDate || row.CashAmount is not (> 0 and < 1e9m and { } amount))
            return new(null, $"{row.Ticker} dividend of {row.ExDividendDate}: {row.CashAmount} is no amount");
        if (!Currency.TryParse(row.Currency ?? "USD", null, out var currency))
            return new(null, $"{row.Ticker} dividend of {row.ExDividendDate}: {row.Currency} is no currency");
        return new(
            new ProviderDividend(
                row.Ticker!,
                exDate,
                Exact.Round(amount),
                currency,
                row.DividendType ?? row.DistributionType ?? "unknown",
                Date(row.DeclarationDate),
                Date(row.RecordDate),
                Date(row.PayDate),
                row.Id
            ),
            null
        );
    }

    private static string? TickerProblem(string? ticker) =>
        ticker is { Length: > 0 and <= 20 } && ticker.All(char.IsAscii) && !ticker.Any(c => char.IsControl(c) || c == ' ')
            ? null
            : "a row without a readable ticker";

    // Range bars are stamped 00:00 and grouped ones 16:00 in New York: only the date there is the same.
    private static DateOnly? DateOf(decimal? milliseconds) =>
        milliseconds is > -60_000_000_000_000m and < 250_000_000_000_000m and { } ms
            ? UsMarketCalendar.DateOf(DateTimeOffset.FromUnixTimeMilliseconds((long)ms))
            : null;

    // Bars of currencies are stamped 00:00 UTC, or 00:00 in New York, which is 04:00 or 05:00 UTC of the same day. Read in New York, the
    // first of them would be a day early.
    private static DateOnly? UtcDateOf(decimal? milliseconds) =>
        milliseconds is > -60_000_000_000_000m and < 250_000_000_000_000m and { } ms
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds((long)ms).UtcDateTime)
            : null;

    private static decimal Price(decimal price) =>
        Exact.Trim(decimal.Round(price, Domain.Stocks.Bar.PriceDecimals, MidpointRounding.ToEven));

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    private static DateOnly? Date(string? text) =>
        text is { Length: >= 10 }
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
}
