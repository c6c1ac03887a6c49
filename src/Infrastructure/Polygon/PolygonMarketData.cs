using System.Globalization;
using System.Net;
using System.Runtime.ExceptionServices;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.Currencies;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Stocks;
using Microsoft.Extensions.Options;
using Polly;
using Refit;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>The provider's answers as Domain values; its wire types stop here.</summary>
internal sealed class PolygonMarketData(IPolygonApi api, IOptions<PolygonOptions> options, TimeProvider clock) : IMarketData
{
    private const int MostPages = 10_000;

    public async Task<Listing?> FindListing(string ticker, bool delistedFirst, CancellationToken cancellationToken) =>
        delistedFirst
            ? await Delisted(ticker, cancellationToken) ?? await Active(ticker, cancellationToken)
            : await Active(ticker, cancellationToken) ?? await Delisted(ticker, cancellationToken);

    // Details are only given of what is listed now; the list still knows what was.
    private async Task<Listing?> Active(string ticker, CancellationToken cancellationToken)
    {
        var details = await Answer(() => api.Ticker(ticker, cancellationToken), answer => (answer.Status, answer.Error ?? answer.Message));
        return details?.Results is { } row ? PolygonRows.Listing(row).Value : null;
    }

    private async Task<Listing?> Delisted(string ticker, CancellationToken cancellationToken)
    {
        var gone = await All(next => api.Tickers(ticker, "false", next, cancellationToken), PolygonRows.Listing, listing => listing.Ticker);
        return gone.Good.Where(listing => listing.Ticker == ticker).MaxBy(listing => listing.DelistedOn);
    }

    public async Task<Rows<Listing>> Listings(bool active, CancellationToken cancellationToken)
    {
        var rows = await All(
            next => api.Tickers(null, active ? "true" : "false", next, cancellationToken),
            PolygonRows.Listing,
            listing => listing
        );
        return rows with { Good = PolygonRows.OneOfEach(rows.Good) };
    }

    public async Task<IReadOnlyList<TickerSince>> TickerHistory(string id, CancellationToken cancellationToken)
    {
        var answer = await Answer(() => api.TickerEvents(id, cancellationToken), answer => (answer.Status, answer.Error ?? answer.Message));
        return PolygonRows.TickerHistory(answer?.Results?.Events ?? []);
    }

    public Task<Rows<Bar>> Bars(string ticker, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var asked = Asked(from, to);
        return All(
            next => api.Bars(ticker, Text(from), Text(to), options.Value.BarsPerPage, next, cancellationToken),
            row => PolygonRows.Bar(row, ticker, asked),
            bar => bar.Date,
            (row, bar) => PolygonRows.Twin(row, RowKind.Bar, ticker, bar.Date)
        );
    }

    public async Task<Rows<ExchangeRate>> Rates(
        Currency @base,
        Currency quote,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var asked = Asked(from, to);
        var rows = await All(
            next => api.Bars($"C:{@base}{quote}", Text(from), Text(to), options.Value.BarsPerPage, next, cancellationToken),
            row => PolygonRows.Rate(row, @base, quote, asked),
            rate => rate.Date,
            (row, rate) => PolygonRows.Twin(row, RowKind.Rate, $"C:{@base}{quote}", rate.Date)
        );
        // Days are asked for in New York and answered in UTC: the neighbour that may come along is no fault.
        return rows with { Good = [.. rows.Good.Where(rate => rate.Date >= from && rate.Date <= to)] };
    }

    public Task<Rows<TickerBar>> SessionBars(DateOnly session, CancellationToken cancellationToken)
    {
        var asked = Asked(session, session);
        return All(
            _ => api.GroupedDaily(Text(session), cancellationToken),
            row => PolygonRows.TickerBar(row, asked),
            bar => bar.Ticker,
            (row, bar) => PolygonRows.Twin(row, RowKind.Bar, bar.Ticker, session)
        );
    }

    public Task<Rows<ProviderSplit>> Splits(
        IReadOnlyList<string>? tickers,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    ) =>
        NewerOrOlder(
            tickers,
            (any, next) => api.Splits(any, Text(from), Text(to), next, cancellationToken),
            (ticker, next) => api.SplitsV3(ticker, Text(from), Text(to), next, cancellationToken),
            PolygonRows.Split
        );

    public Task<Rows<ProviderDividend>> Dividends(
        IReadOnlyList<string>? tickers,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    ) =>
        NewerOrOlder(
            tickers,
            (any, next) => api.Dividends(any, Text(from), Text(to), next, cancellationToken),
            (ticker, next) => api.DividendsV3(ticker, Text(from), Text(to), next, cancellationToken),
            PolygonRows.Dividend
        );

    // Keys of older plans are entitled to the older endpoint only, which gives the same rows, of one ticker at a time.
    private static async Task<Rows<TGood>> NewerOrOlder<TRow, TGood>(
        IReadOnlyList<string>? tickers,
        Func<string?, string?, Task<IApiResponse<PolygonPage<TRow>>>> newer,
        Func<string?, string?, Task<IApiResponse<PolygonPage<TRow>>>> older,
        Func<TRow, Parsed<TGood>> parse
    )
        where TRow : class
        where TGood : class
    {
        try
        {
            var any = tickers is null ? null : string.Join(',', tickers);
            return await All(next => newer(any, next), parse, row => row);
        }
        catch (MarketDataRefused refused) when (refused.Reason is ItemReasons.NotEntitled)
        {
            if (tickers is null)
                return await All(next => older(null, next), parse, row => row);
            var rows = new List<Rows<TGood>>();
            foreach (var ticker in tickers)
                rows.Add(await All(next => older(ticker, next), parse, row => row));
            return new Rows<TGood>([.. rows.SelectMany(one => one.Good)], [.. rows.SelectMany(one => one.Rejected)]);
        }
    }

    // Follows the pages to their end, sorts good rows from bad ones, keeps the first of equal keys and tells those that differ from it.
    private static async Task<Rows<TGood>> All<TRow, TGood, TKey>(
        Func<string?, Task<IApiResponse<PolygonPage<TRow>>>> call,
        Func<TRow, Parsed<TGood>> parse,
        Func<TGood, TKey> keyOf,
        Func<TRow, TGood, RejectedRow>? twin = null
    )
        where TRow : class
        where TGood : notnull
        where TKey : notnull
    {
        var (good, rejected) = (new List<TGood>(), new List<RejectedRow>());
        var (places, pages) = (new Dictionary<TKey, int>(), new HashSet<string>(StringComparer.Ordinal));
        string? next = null;
        do
        {
            var page =
                await Answer(() => call(next), answer => (answer.Status, answer.Error ?? answer.Message))
                ?? throw new MarketDataRefused(ItemReasons.NotEntitled, "404: the provider has no such list.");
            good.EnsureCapacity(good.Count + (page.Results?.Count ?? 0));
            places.EnsureCapacity(good.Capacity);
            // A row of null tells nothing.
            foreach (var row in page.Results?.OfType<TRow>() ?? [])
            {
                var parsed = parse(row);
                if (parsed.Rejected is not null)
                    rejected.Add(parsed.Rejected);
                else if (places.TryAdd(keyOf(parsed.Value!), good.Count))
                    good.Add(parsed.Value!);
                else if (twin is not null && !good[places[keyOf(parsed.Value!)]].Equals(parsed.Value))
                    rejected.Add(twin(row, parsed.Value!));
            }
            next = page.NextUrl;
            // What lies behind a circle is not known, and to take it for the end would lose it without a word.
            if (next is not null && (!pages.Add(next) || pages.Count >= MostPages))
                throw new MarketDataRefused(ItemReasons.ProviderUnavailable, $"The provider's pages do not end; {pages.Count} were read.");
        } while (next is not null);
        return new Rows<TGood>(good, rejected);
    }

    // Null means that the thing asked for is not there. Every other failure has a reason code; the provider tells by text which 403 it is.
    private static async Task<T?> Answer<T>(Func<Task<IApiResponse<T>>> call, Func<T, (string? Status, string? Text)> envelope)
        where T : class
    {
        try
        {
            using var response = await call();
            if (response is { IsSuccessStatusCode: true, Content: { } content })
                return envelope(content) is ("NOT_AUTHORIZED" or "ERROR", var text)
                    ? throw Refused(HttpStatusCode.Forbidden, text)
                    : content;
            if (response.Error?.InnerException is { } own && Gate.IsOurs(own))
                ExceptionDispatchInfo.Throw(own);
            return response.StatusCode is HttpStatusCode.NotFound
                ? null
                : throw Refused(response.StatusCode, (response.Error as ApiException)?.Content ?? response.Error?.Message);
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException or ApiRequestException)
        {
            throw new MarketDataRefused(ItemReasons.ProviderUnavailable, e.InnerException?.Message ?? e.Message);
        }
    }

    private static MarketDataRefused Refused(HttpStatusCode? status, string? text)
    {
        var told = text is { Length: > 300 } ? text[..300] : text;
        var excerpt = status is { } code ? $"{(int)code}: {told}" : told ?? "";
        bool Says(string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
        return status switch
        {
            HttpStatusCode.TooManyRequests => new MarketDataRefused(ItemReasons.RateLimited, excerpt),
            HttpStatusCode.Forbidden when Says("before end of day") => new MarketDataRefused(ItemReasons.NotYetAvailable, excerpt),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new MarketDataRefused(ItemReasons.NotEntitled, excerpt),
            _ => new MarketDataRefused(ItemReasons.ProviderUnavailable, excerpt),
        };
    }

    private AskedDays Asked(DateOnly from, DateOnly to) => new(from, to, UsMarketCalendar.DateOf(clock.GetUtcNow()));

    private static string Text(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
