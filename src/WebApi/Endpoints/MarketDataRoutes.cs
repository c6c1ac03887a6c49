using CleanPortfolio.Application;
using CleanPortfolio.Application.MarketData;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class MarketDataRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var data = api.MapGroup("/market-data").WithTags("Market data");
        data.MapGet("/quarantine", Requests.Get<ListQuarantinedRows, Page<QuarantinedRowDetails>>())
            .Named<ListQuarantinedRows>(Allow.OperateMarket, 400);
        data.MapPost("/quarantine/{rowId}/release", Requests.Act<ReleaseQuarantinedRow, QuarantinedRowDetails>())
            .Named<ReleaseQuarantinedRow>(Allow.OperateMarket, 400, 404, 422);
        data.MapPost("/quarantine/{rowId}/override", Requests.Act<OverrideQuarantinedRow, QuarantinedRowDetails>())
            .Named<OverrideQuarantinedRow>(Allow.OperateMarket, 400, 404, 422);
        data.MapPost("/quarantine/{rowId}/dismiss", Requests.Act<DismissQuarantinedRow, QuarantinedRowDetails>())
            .Named<DismissQuarantinedRow>(Allow.OperateMarket, 400, 404, 422);
        data.MapGet("/split-conflicts", Requests.Get<ListSplitConflicts, Page<SplitConflictDetails>>())
            .Named<ListSplitConflicts>(Allow.OperateMarket, 400);
        data.MapPost("/split-reports/{reportId}/accept", Requests.Act<AcceptSplitReport, SplitConflictDetails>())
            .Named<AcceptSplitReport>(Allow.OperateMarket, 400, 404, 409);
        data.MapPost("/split-reports/{reportId}/reject", Requests.Act<RejectSplitReport, SplitConflictDetails>())
            .Named<RejectSplitReport>(Allow.OperateMarket, 400, 404);
        data.MapGet("/corrections", Requests.Get<ListPriceCorrections, Page<PriceCorrectionDetails>>())
            .Named<ListPriceCorrections>(Allow.OperateMarket, 400);
        data.MapGet("/dividend-corrections", Requests.Get<ListDividendCorrections, Page<DividendCorrectionDetails>>())
            .Named<ListDividendCorrections>(Allow.OperateMarket, 400);
        var prices = api.MapGroup("/stocks/{stockId}/prices/{date}").WithTags("Market data");
        prices.MapGet("", Requests.Get<GetPriceOverride, PriceOverrideDetails>()).Named<GetPriceOverride>(Allow.OperateMarket, 400, 404);
        prices
            .MapPut("", Requests.Get<OverrideStockPrice, PriceOverrideDetails>())
            .Named<OverrideStockPrice>(Allow.OperateMarket, 400, 404);
        prices.MapDelete("", Requests.Do<DeletePriceOverride>()).Named<DeletePriceOverride>(Allow.OperateMarket, 400, 404);
    }
}
