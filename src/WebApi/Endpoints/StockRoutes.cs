using CleanPortfolio.Application;
using CleanPortfolio.Application.Calendars;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Stocks;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class StockRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var stocks = api.MapGroup("/stocks").WithTags("Stocks");
        stocks.MapGet("", Requests.Get<SearchStocks, Page<StockDetails>>()).Named<SearchStocks>(400);
        stocks.MapGet("/{stockId}", Requests.Get<GetStock, StockDetails>()).Named<GetStock>(400, 404);
        stocks.MapGet("/{stockId}/prices", Requests.Get<GetStockPrices, PriceReport>()).Named<GetStockPrices>(400, 404);
        stocks.MapGet("/{stockId}/actions", Requests.Get<GetStockActions, ActionsReport>()).Named<GetStockActions>(400, 404);
        stocks
            .MapPost("/population", JobRoutes.StartOrPlan((StartPopulation start) => new PlanPopulation(start.Draft)))
            .Produces<JobDetails>(202)
            .Named<StartPopulation>(400);
        stocks.MapPost("/population/plan", Requests.Get<PlanPopulation, PopulationPlan>()).Named<PlanPopulation>(400);
        stocks
            .MapPost("/universe", Requests.Start<StartUniverse, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<StartUniverse>();
        api.MapGet("/calendars/us", Requests.Get<GetTradingDays, TradingDaysReport>()).WithTags("Stocks").Named<GetTradingDays>(400);
    }
}
