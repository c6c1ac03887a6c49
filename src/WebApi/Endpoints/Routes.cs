using CleanPortfolio.WebApi.Access;
using CleanPortfolio.WebApi.Json;

namespace CleanPortfolio.WebApi.Endpoints;

/// <summary>All routes of the API.</summary>
internal static class Routes
{
    public const string Root = "/api/v1";

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root);
        AccessRoutes.Map(api);
        AccountRoutes.Map(api);
        ApiKeyRoutes.Map(api);
        CustomerRoutes.Map(api);
        PortfolioRoutes.Map(api);
        ImportRoutes.Map(api);
        StockRoutes.Map(api);
        ExchangeRateRoutes.Map(api);
        JobRoutes.Map(api);
        MarketDataRoutes.Map(api);
        ScheduleRoutes.Map(api);
        QualityRoutes.Map(api);
        CalculationRoutes.Map(api);
    }

    /// <summary>Names the operation after its request, closes it to whoever may not call, and documents the problems it can answer.</summary>
    public static void Named<TRequest>(this RouteHandlerBuilder route, Allow allow, params int[] problems)
    {
        route.WithMetadata(allow);
        route.WithName(typeof(TRequest).Name);
        EnumText.AcceptInQuery<TRequest>(route);
        foreach (var status in allow == Allow.Anybody ? problems : [401, 403, .. problems])
            route.Produces<Problem>(status, "application/problem+json");
    }
}
