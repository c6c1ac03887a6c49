using CleanPortfolio.WebApi.Access;
using CleanPortfolio.WebApi.Json;
using CleanPortfolio.WebApi.Limits;
using Microsoft.AspNetCore.Http.Metadata;

namespace CleanPortfolio.WebApi.Endpoints;

/// <summary>All routes of the API.</summary>
internal static class Routes
{
    public const string Root = "/api/v1";

    // Too many requests, too busy, too slow.
    private static readonly int[] Anywhere = [429, 503, 504];

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
        AuditRoutes.Map(api);
    }

    /// <summary>Names the operation after its request, closes it to whoever may not call, and documents the problems it can answer.</summary>
    public static void Named<TRequest>(this RouteHandlerBuilder route, Allow allow, params int[] problems)
    {
        route.WithMetadata(allow);
        route.WithName(typeof(TRequest).Name);
        EnumText.AcceptInQuery<TRequest>(route);
        if (Costs.Of(typeof(TRequest)) is { } costs)
            route.WithMetadata(costs);
        route.Add(endpoint =>
        {
            foreach (
                var status in problems
                    .Union(OfHeaders((RouteEndpointBuilder)endpoint))
                    .Union(OfBody((RouteEndpointBuilder)endpoint))
                    .Union(OfGate(allow))
                    .Union(Anywhere)
            )
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
        });
    }

    private static int[] OfGate(Allow allow) => allow == Allow.Anybody ? [] : [401, 403];

    // Too large, or of a media type or a character set that is not taken.
    private static int[] OfBody(RouteEndpointBuilder endpoint) => endpoint.Metadata.OfType<IAcceptsMetadata>().Any() ? [413, 415] : [];

    // What the headers of an operation of its kind can be refused with.
    private static IEnumerable<int> OfHeaders(RouteEndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(one => one.HttpMethods.Any(Versions.IsDemanded)))
            return [400, 409, 412, 428];
        if (!endpoint.Metadata.OfType<IdempotentAttribute>().Any())
            return [];
        return Versions.MayBeNamed(endpoint.RoutePattern.RawText ?? "") ? [400, 409, 412, 422] : [400, 409, 422];
    }
}
