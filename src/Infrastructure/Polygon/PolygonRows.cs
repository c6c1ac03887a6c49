using System.Globalization;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>A row that can be true, or one that can't.</summary>
internal readonly record struct Parsed<T>(T? Value, RejectedRow? Rejected);

/// <summary>The days that a row may be of.</summary>
/// <param name="From">First day asked for.</param>
/// <param name="To">Last day asked for.</param>
/// <param name="Today">Today in New York.</param>
internal readonly record struct AskedDays(DateOnly From, DateOnly To, DateOnly Today)
{
    public RowFault? FaultOf(DateOnly? date) =>
        date is null ? new(RowReasons.OutOfRange, "the day can't be read")
        : date > Today ? new(RowReasons.FutureDate, "the day has not come yet")
        : date < From || date > To ? new(RowReasons.OutOfRange, "the day is outside of what was asked")
        : null;
}

/// <summary>Reads the provider's rows one by one and refuses those that can't be true.</summary>
internal static partial class PolygonRows
{
    private static readonly RowFault NotANumber = new(RowReasons.NotANumber, "a number is missing or can't be read");
    private static readonly RowFault ToldTwice = new(RowReasons.Duplicate, "told before, with other values; the first ones are kept");
    private static readonly RowFault UnreadableTicker = new(RowReasons.UnreadableTicker, "a row without a readable ticker");

    public static Parsed<Bar> Bar(PolygonBar row, string? ticker, AskedDays days)
    {
        var date = DateOf(row.Time.Value);
        if (row is not { Time.Value: not null, Open.Value: { } open, High.Value: { } high, Low.Value: { } low, Close.Value: { } close })
            return Rejected<Bar>(RowKind.Bar, ticker, date, NotANumber, row);
        if (row.Volume.Value is not { } volume)
            return Rejected<Bar>(RowKind.Bar, ticker, date, NotANumber, row);
        if (days.FaultOf(date) is { } wrongDay)
            return Rejected<Bar>(RowKind.Bar, ticker, date, wrongDay, row);
        var bar = new Bar(date!.Value, Price(open), Price(high), Price(low), Price(close), Exact.Trim(volume));
        return bar.Fault() is { } fault ? Rejected<Bar>(RowKind.Bar, ticker, date, fault, row) : new(bar, null);
    }

    public static Parsed<ExchangeRate> Rate(PolygonBar row, Currency @base, Currency quote, AskedDays days)
    {
        var (date, pair) = (UtcDateOf(row.Time.Value), $"C:{@base}{quote}");
        if (row is not { Time.Value: not null, Open.Value: { } open, High.Value: { } high, Low.Value: { } low, Close.Value: { } close })
            return Rejected<ExchangeRate>(RowKind.Rate, pair, date, NotANumber, row);
        // Days are asked for in New York and answered in UTC.
        if (
            (days with { From = days.From.AddDays(-1), To = days.To.AddDays(1), Today = days.Today.AddDays(1) }).FaultOf(date) is
            { } wrongDay
        )
            return Rejected<ExchangeRate>(RowKind.Rate, pair, date, wrongDay, row);
        var rate = new ExchangeRate(@base, quote, date!.Value, Exact.Trim(Exact.Round(close)));
        var fault =
            new Bar(date.Value, open, high, low, close, row.Volume.Value ?? 0).Fault()
            ?? (rate.Implausible() is { } text ? new RowFault(RowReasons.BeyondRange, text) : null);
        return fault is { } wrong ? Rejected<ExchangeRate>(RowKind.Rate, pair, date, wrong, row) : new(rate, null);
    }

    public static Parsed<TickerBar> TickerBar(PolygonBar row, AskedDays session)
    {
        if (!IsTicker(row.Ticker))
            return Rejected<TickerBar>(RowKind.Bar, row.Ticker, DateOf(row.Time.Value), UnreadableTicker, row);
        var bar = Bar(row, row.Ticker, session);
        return bar.Rejected is null
            ? new(new TickerBar(row.Ticker!, bar.Value), null)
            : new(default, bar.Rejected with { Detail = $"{row.Ticker} {bar.Rejected.Detail}" });
    }

    /// <summary>A row of a day that an earlier row of the same answer told otherwise: which of them is right can't be known.</summary>
    public static RejectedRow Twin(PolygonBar row, RowKind kind, string ticker, DateOnly date)
    {
        var twin = Rejected<Bar>(kind, ticker, date, ToldTwice, row).Rejected!;
        return twin with { Detail = $"{ticker} {twin.Detail}" };
    }

    public static Parsed<ProviderSplit> Split(PolygonSplit row)
    {
        var content = () =>
            RejectedContent.Of(
                ("ticker", row.Ticker),
                ("executionDate", row.ExecutionDate),
                ("from", row.From),
                ("to", row.To),
                ("providerId", row.Id)
            );
        var date = Date(row.ExecutionDate);
        if (!IsTicker(row.Ticker))
            return new(null, Reject(RowKind.Split, row.Ticker, date, UnreadableTicker, content()));
        if (
            date is null
            || row is not { From.Value: > 1e-6m and < 1e9m and { } from, To.Value: > 1e-6m and < 1e9m and { } to }
            || Exact.Round(from) == Exact.Round(to)
        )
            return new(
                null,
                Reject(RowKind.Split, row.Ticker, date, new(RowReasons.NoSplit, $"{row.From} to {row.To} is no split"), content()) with
                {
                    Detail = $"{row.Ticker} split of {row.ExecutionDate}: {row.From} to {row.To} is no split",
                }
            );
        return new(new ProviderSplit(row.Ticker!, date.Value, Exact.Round(from), Exact.Round(to), row.Id), null);
    }

    public static Parsed<ProviderDividend> Dividend(PolygonDividend row)
    {
        var exDate = Date(row.ExDividendDate);
        if (!IsTicker(row.Ticker))
            return new(null, Reject(RowKind.Dividend, row.Ticker, exDate, UnreadableTicker, Content(row)));
        if (exDate is not { } date || row.CashAmount.Value is not (> 0 and < 1e9m and { } amount))
            return new(null, Reject(row, exDate, RowReasons.NoAmount, $"{row.CashAmount} is no amount"));
        if (!Currency.TryParse(row.Currency ?? "USD", null, out var currency))
            return new(null, Reject(row, exDate, RowReasons.NoCurrency, $"{row.Currency} is no currency"));
        return new(
            new ProviderDividend(
                row.Ticker!,
                date,
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

    private static RejectedRow Reject(PolygonDividend row, DateOnly? exDate, string reason, string text) =>
        Reject(RowKind.Dividend, row.Ticker, exDate, new(reason, text), Content(row)) with
        {
            Detail = RejectedContent.Clean($"{row.Ticker} dividend of {row.ExDividendDate}: {text}"),
        };

    private static RejectedRow Reject(RowKind kind, string? ticker, DateOnly? date, RowFault fault, string content) =>
        new(
            kind,
            IsTicker(ticker) ? ticker : null,
            date,
            fault.Code,
            kind is RowKind.Bar or RowKind.Rate && fault.Code is not RowReasons.UnreadableTicker
                ? $"{(date is null ? "no day" : $"{date:yyyy-MM-dd}")}: {fault.Text}"
                : fault.Text,
            content
        );

    private static Parsed<T> Rejected<T>(RowKind kind, string? ticker, DateOnly? date, RowFault fault, PolygonBar row) =>
        new(
            default,
            Reject(
                kind,
                ticker,
                date,
                fault,
                RejectedContent.Of(
                    ("ticker", row.Ticker ?? ticker),
                    ("time", row.Time),
                    ("open", row.Open),
                    ("high", row.High),
                    ("low", row.Low),
                    ("close", row.Close),
                    ("volume", row.Volume)
                )
            )
        );

    private static string Content(PolygonDividend row) =>
        RejectedContent.Of(
            ("ticker", row.Ticker),
            ("exDate", row.ExDividendDate),
            ("amount", row.CashAmount),
            ("currency", row.Currency),
            ("type", row.DividendType ?? row.DistributionType),
            ("declaredOn", row.DeclarationDate),
            ("recordDate", row.RecordDate),
            ("payDate", row.PayDate),
            ("providerId", row.Id)
        );

    private static bool IsTicker(string? ticker) =>
        ticker is { Length: > 0 and <= 20 } && !ticker.AsSpan().ContainsAnyExceptInRange('!', '~');

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

    private static DateOnly? Date(string? text) =>
        text is { Length: >= 10 }
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
}
