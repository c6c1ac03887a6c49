using CleanPortfolio.Application.Jobs;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.Application.Population;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class QualityRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var data = api.MapGroup("/market-data").WithTags("Market data");
        data.MapGet("/quality", Requests.Get<GetQuality, QualityReport>()).Named<GetQuality>(400, 404);
        data.MapGet("/quality/summary", Requests.Get<GetQualitySummary, QualitySummary>()).Named<GetQualitySummary>(400);
        data.MapPost("/repair", JobRoutes.StartOrPlan((RepairMarketData start) => new PlanRepair(start.Draft)))
            .Produces<JobDetails>(202)
            .Named<RepairMarketData>(400, 422);
        data.MapPost("/repair/plan", Requests.Get<PlanRepair, PopulationPlan>()).Named<PlanRepair>(400, 422);
    }
}
