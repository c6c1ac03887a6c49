using CleanPortfolio.Application;
using CleanPortfolio.Application.MarketData;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class MarketDataRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var data = api.MapGroup("/market-data").WithTags("Market data");
        data.MapGet("/quarantine", Requests.Get<ListQuarantinedRows, Page<QuarantinedRowDetails>>()).Named<ListQuarantinedRows>(400);
        data.MapPost("/quarantine/{rowId}/release", Requests.Get<ReleaseQuarantinedRow, QuarantinedRowDetails>())
            .Named<ReleaseQuarantinedRow>(400, 404, 422);
        data.MapPost("/quarantine/{rowId}/override", Requests.Get<OverrideQuarantinedRow, QuarantinedRowDetails>())
            .Named<OverrideQuarantinedRow>(400, 404, 422);
        data.MapPost("/quarantine/{rowId}/dismiss", Requests.Get<DismissQuarantinedRow, QuarantinedRowDetails>())
            .Named<DismissQuarantinedRow>(400, 404, 422);
        data.MapGet("/split-conflicts", Requests.Get<ListSplitConflicts, Page<SplitConflictDetails>>()).Named<ListSplitConflicts>(400);
        data.MapPost("/split-reports/{reportId}/accept", Requests.Get<AcceptSplitReport, SplitConflictDetails>())
            .Named<AcceptSplitReport>(400, 404, 409);
        data.MapPost("/split-reports/{reportId}/reject", Requests.Get<RejectSplitReport, SplitConflictDetails>())
            .Named<RejectSplitReport>(400, 404);
        data.MapGet("/corrections", Requests.Get<ListPriceCorrections, Page<PriceCorrectionDetails>>()).Named<ListPriceCorrections>(400);
        data.MapGet("/dividend-corrections", Requests.Get<ListDividendCorrections, Page<DividendCorrectionDetails>>())
            .Named<ListDividendCorrections>(400);
        var prices = api.MapGroup("/stocks/{stockId}/prices/{date}").WithTags("Market data");
        prices.MapPut("", Requests.Get<OverrideStockPrice, PriceOverrideDetails>()).Named<OverrideStockPrice>(400, 404);
        prices.MapDelete("", Requests.Do<DeletePriceOverride>()).Named<DeletePriceOverride>(400, 404);
    }
}
