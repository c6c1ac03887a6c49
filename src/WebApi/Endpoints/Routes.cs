using CleanPortfolio.WebApi.Access;
using CleanPortfolio.WebApi.Json;
using CleanPortfolio.WebApi.Limits;

namespace CleanPortfolio.WebApi.Endpoints;

/// <summary>All routes of the API. Authentication, idempotency keys and ETags will hang on this one group.</summary>
internal static class Routes
{
    public const string Root = "/api/v1";

    // Too many requests, too busy, too slow.
    private static readonly int[] Anywhere = [429, 503, 504];

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root);
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
        if (Costs.Of(typeof(TRequest)) is { } costs)
            route.WithMetadata(costs);
        foreach (var status in problems.Concat(Anywhere))
            route.Produces<Problem>(status, "application/problem+json");
    }
}
