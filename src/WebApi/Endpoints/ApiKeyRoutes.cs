using CleanPortfolio.Application;
using CleanPortfolio.Application.Access;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class ApiKeyRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("Access");
        keys.MapPost("", Requests.Create<CreateApiKey, NewApiKey>(key => $"{Routes.Root}/api-keys/{key.Id}"))
            .Named<CreateApiKey>(Allow.ManageOneself, 400, 404, 409, 422);
        keys.MapGet("", Requests.Get<ListApiKeys, Page<ApiKeyDetails>>()).Named<ListApiKeys>(Allow.ManageOneself, 400);
        keys.MapGet("/{keyId}", Requests.Get<GetApiKey, ApiKeyDetails>()).Named<GetApiKey>(Allow.ManageOneself, 400, 404);
        keys.MapDelete("/{keyId}", Requests.Do<DeleteApiKey>()).Named<DeleteApiKey>(Allow.ManageOneself, 400, 404, 409);
    }
}
