using CleanPortfolio.PolygonSimulator.Http;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

internal static class Routes
{
    public static void Map(WebApplication app, World world)
    {
        var server = new Server(world);

        Get("/v2/aggs/ticker/{ticker}/range/{multiplier}/{timespan}/{from}/{to}", RangeBars.Answer);
        Get("/v2/aggs/ticker/{ticker}/prev", DayBars.Previous);
        Get("/v2/aggs/grouped/locale/us/market/stocks/{date}", DayBars.Grouped);
        Get("/v1/open-close/{ticker}/{date}", DayBars.OpenClose);
        Get("/v3/reference/tickers", TickerList.Answer);
        Get("/v3/reference/tickers/types", Directories.Types);
        Get("/v3/reference/tickers/{ticker}", TickerDetails.Answer);
        Get("/vX/reference/tickers/{id}/events", TickerEvents.Answer);
        Get("/v3/reference/exchanges", Directories.Exchanges);
        Get("/stocks/v1/exchanges", Directories.Exchanges);
        Get("/v3/reference/splits", SplitLists.Reference);
        Get("/stocks/v1/splits", SplitLists.Stocks);
        Get("/v3/reference/dividends", DividendLists.Reference);
        Get("/stocks/v1/dividends", DividendLists.Stocks);
        Get("/v1/marketstatus/upcoming", MarketStatus.Upcoming);
        Get("/v1/marketstatus/now", MarketStatus.Now);
        Get("/v2/snapshot/{**rest}", (_, _) => throw Refusal.NotEntitled());
        Backstage.Map(app, world);
        app.MapFallback(http => server.Serve(http, (_, _) => throw Refusal.NoPage()));

        void Get(string pattern, Answering endpoint) => app.MapGet(pattern, (RequestDelegate)(http => server.Serve(http, endpoint)));
    }
}
