using CleanPortfolio.Application;
using CleanPortfolio.Application.ExchangeRates;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class ExchangeRateRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var rates = api.MapGroup("/exchange-rates").WithTags("Exchange rates");
        rates.MapPut("", Requests.Get<StoreExchangeRates, StoredRates>()).Named<StoreExchangeRates>(400);
        rates.MapGet("", Requests.Get<ListExchangeRates, Page<ExchangeRateDetails>>()).Named<ListExchangeRates>(400);
        rates.MapGet("/convert", Requests.Get<GetExchangeRate, ExchangeRateReport>()).Named<GetExchangeRate>(400);
    }
}
