using CleanPortfolio.Application;
using CleanPortfolio.Application.Calendars;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Stocks;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class StockRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var stocks = api.MapGroup("/stocks").WithTags("Stocks");
        stocks.MapGet("", Requests.Get<SearchStocks, Page<StockDetails>>()).Named<SearchStocks>(Allow.ReadMarket, 400);
        stocks.MapGet("/{stockId}", Requests.Get<GetStock, StockDetails>()).Named<GetStock>(Allow.ReadMarket, 400, 404);
        stocks.MapGet("/{stockId}/prices", Requests.Get<GetStockPrices, PriceReport>()).Named<GetStockPrices>(Allow.ReadMarket, 400, 404);
        stocks
            .MapGet("/{stockId}/actions", Requests.Get<GetStockActions, ActionsReport>())
            .Named<GetStockActions>(Allow.ReadMarket, 400, 404);
        stocks
            .MapPost("/population", JobRoutes.StartOrPlan((StartPopulation start) => new PlanPopulation(start.Draft)))
            .Produces<JobDetails>(202)
            .Named<StartPopulation>(Allow.OperateMarket, 400);
        stocks.MapPost("/population/plan", Requests.Get<PlanPopulation, PopulationPlan>()).Named<PlanPopulation>(Allow.OperateMarket, 400);
        stocks
            .MapPost("/universe", Requests.Start<StartUniverse, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<StartUniverse>(Allow.OperateMarket);
        api.MapGet("/calendars/us", Requests.Get<GetTradingDays, TradingDaysReport>())
            .WithTags("Stocks")
            .Named<GetTradingDays>(Allow.ReadMarket, 400);
    }
}
