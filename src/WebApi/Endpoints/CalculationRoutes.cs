using CleanPortfolio.Application.Calculations;
using CleanPortfolio.Application.Returns;
using CleanPortfolio.WebApi.Access;
using Microsoft.AspNetCore.Mvc;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class CalculationRoutes
{
    // A hundred stocks over twenty years in a body.
    private const long LargestCase = 32 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        var calculations = api.MapGroup("/calculations").WithTags("Calculations");
        calculations
            .MapPost("", Requests.Get<CalculatePortfolio, CalculationReport>())
            .WithMetadata(new RequestSizeLimitAttribute(LargestCase))
            .Named<CalculatePortfolio>(Allow.ReadMarket, 400, 413, 422);
        api.MapPost("/returns/batch", Requests.Get<EvaluateReturns, ReturnsBatchReport>())
            .WithTags("Calculations")
            .Named<EvaluateReturns>(Allow.ReadPortfolios, 400, 422);
        calculations
            .MapPost("/cash-flows", Requests.Get<CalculateCashFlows, CashFlowsReport>())
            .Named<CalculateCashFlows>(Allow.ReadMarket, 400);
        calculations
            .MapPost("/return-series", Requests.Get<CalculateReturnSeries, ReturnSeriesReport>())
            .Named<CalculateReturnSeries>(Allow.ReadMarket, 400);
    }
}
