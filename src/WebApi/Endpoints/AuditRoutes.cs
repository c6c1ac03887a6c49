using CleanPortfolio.Application;
using CleanPortfolio.Application.Auditing;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class AuditRoutes
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGroup("/audit-log")
            .WithTags("Audit log")
            .MapGet("", Requests.Get<ListAuditEntries, Page<AuditEntryDetails>>())
            .Named<ListAuditEntries>(Allow.Administer, 400);
}
