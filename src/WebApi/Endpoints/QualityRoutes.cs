using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Population;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class QualityRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var data = api.MapGroup("/market-data").WithTags("Market data");
        data.MapGet("/quality", Requests.Get<GetQuality, QualityReport>()).Named<GetQuality>(Allow.OperateMarket, 400, 404);
        data.MapGet("/quality/summary", Requests.Get<GetQualitySummary, QualitySummary>())
            .Named<GetQualitySummary>(Allow.OperateMarket, 400);
        data.MapPost("/repair", JobRoutes.StartOrPlan((RepairMarketData start) => new PlanRepair(start.Draft)))
            .Produces<JobDetails>(202)
            .Named<RepairMarketData>(Allow.OperateMarket, 400, 422);
        data.MapPost("/repair/plan", Requests.Get<PlanRepair, PopulationPlan>()).Named<PlanRepair>(Allow.OperateMarket, 400, 422);
    }
}
