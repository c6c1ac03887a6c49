using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Markets;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

internal static class Sources
{
    /// <summary>The stocks a request names, or all: asking for one ticker must not walk through the whole market.</summary>
    public static IEnumerable<Stock> Of(Call call) =>
        call.Tickers.Count == 0
            ? call.Market.Stocks
            : call.Tickers.Distinct(StringComparer.Ordinal).Select(call.Market.Find).OfType<Stock>();
}
