using CleanPortfolio.Application;
using CleanPortfolio.Application.ExchangeRates;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class ExchangeRateRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var rates = api.MapGroup("/exchange-rates").WithTags("Exchange rates");
        rates.MapPut("", Requests.Get<StoreExchangeRates, StoredRates>()).Named<StoreExchangeRates>(Allow.OperateMarket, 400);
        rates.MapGet("", Requests.Get<ListExchangeRates, Page<ExchangeRateDetails>>()).Named<ListExchangeRates>(Allow.ReadMarket, 400);
        rates.MapGet("/convert", Requests.Get<GetExchangeRate, ExchangeRateReport>()).Named<GetExchangeRate>(Allow.ReadMarket, 400);
    }
}
