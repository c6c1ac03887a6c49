using CleanPortfolio.Application;
using CleanPortfolio.Application.Calendars;
using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.Population;
using CleanPortfolio.Application.Stocks;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

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
        stocks.MapPost("/population", Populate).Produces<JobDetails>(202).Named<StartPopulation>(400);
        stocks.MapPost("/population/plan", Requests.Get<PlanPopulation, PopulationPlan>()).Named<PlanPopulation>(400);
        stocks
            .MapPost("/universe", Requests.Start<StartUniverse, JobDetails>(job => $"{Routes.Root}/jobs/{job.Id}"))
            .Named<StartUniverse>();
        api.MapGet("/calendars/us", Requests.Get<GetTradingDays, TradingDaysReport>()).WithTags("Stocks").Named<GetTradingDays>(400);
    }

    // For people who try a population out; programs have the route of the plan, whose answer is of one type.
    private static async Task<IResult> Populate(
        [AsParameters] StartPopulation request,
        bool? dryRun,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        if (dryRun is true)
            return TypedResults.Ok(await mediator.Send(new PlanPopulation(request.Draft), cancellationToken));
        var job = await mediator.Send(request, cancellationToken);
        return TypedResults.Accepted($"{Routes.Root}/jobs/{job.Id}", job);
    }
}
