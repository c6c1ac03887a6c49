using Refit;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>
/// The provider's REST API. Every list takes the <c>next_url</c> of the page before: when given, it is called as it stands.
/// </summary>
internal interface IPolygonApi
{
    [Get("/v3/reference/tickers/{ticker}")]
    Task<IApiResponse<PolygonOne<PolygonTicker>>> Ticker(string ticker, CancellationToken cancellationToken);

    [Get("/v3/reference/tickers?market=stocks&limit=1000")]
    Task<IApiResponse<PolygonPage<PolygonTicker>>> Tickers(
        [Query] string? ticker,
        [Query] string active,
        [Property(FollowNextUrl.Key)] string? nextUrl,
        CancellationToken cancellationToken
    );

    [Get("/vX/reference/tickers/{id}/events?types=ticker_change")]
    Task<IApiResponse<PolygonOne<PolygonEvents>>> TickerEvents(string id, CancellationToken cancellationToken);

    [Get("/v2/aggs/ticker/{ticker}/range/1/day/{from}/{to}?adjusted=false&sort=asc")]
    Task<IApiResponse<PolygonPage<PolygonBar>>> Bars(
        string ticker,
        string from,
        string to,
        [Query] int limit,
        [Property(FollowNextUrl.Key)] string? nextUrl,
        CancellationToken cancellationToken
    );

    [Get("/v2/aggs/grouped/locale/us/market/stocks/{date}?adjusted=false")]
    Task<IApiResponse<PolygonPage<PolygonBar>>> GroupedDaily(string date, CancellationToken cancellationToken);

    [Get("/stocks/v1/splits?limit=5000&sort=execution_date.asc")]
    Task<IApiResponse<PolygonPage<PolygonSplit>>> Splits(
        [AliasAs("ticker.any_of")] string? tickers,
        [AliasAs("execution_date.gte")] string from,
        [AliasAs("execution_date.lte")] string to,
        [Property(FollowNextUrl.Key)] string? nextUrl,
        CancellationToken cancellationToken
    );

    [Get("/stocks/v1/dividends?limit=5000&sort=ex_dividend_date.asc")]
    Task<IApiResponse<PolygonPage<PolygonDividend>>> Dividends(
        [AliasAs("ticker.any_of")] string? tickers,
        [AliasAs("ex_dividend_date.gte")] string from,
        [AliasAs("ex_dividend_date.lte")] string to,
        [Property(FollowNextUrl.Key)] string? nextUrl,
        CancellationToken cancellationToken
    );

    // What came before /stocks/v1; some keys are entitled to it only.
    [Get("/v3/reference/splits?limit=1000&sort=execution_date&order=asc")]
    Task<IApiResponse<PolygonPage<PolygonSplit>>> SplitsV3(
        [Query] string? ticker,
        [AliasAs("execution_date.gte")] string from,
        [AliasAs("execution_date.lte")] string to,
        [Property(FollowNextUrl.Key)] string? nextUrl,
        CancellationToken cancellationToken
    );

    [Get("/v3/reference/dividends?limit=1000&sort=ex_dividend_date&order=asc")]
    Task<IApiResponse<PolygonPage<PolygonDividend>>> DividendsV3(
        [Query] string? ticker,
        [AliasAs("ex_dividend_date.gte")] string from,
        [AliasAs("ex_dividend_date.lte")] string to,
        [Property(FollowNextUrl.Key)] string? nextUrl,
        CancellationToken cancellationToken
    );
}
