using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class AccessRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Access");
        auth.MapPost("/token", Requests.Get<OpenSession, SessionTokens>()).Named<OpenSession>(Allow.Anybody, 400, 401, 422);
        auth.MapPost("/refresh", Requests.Get<UpdateSession, SessionTokens>()).Named<UpdateSession>(Allow.Anybody, 400, 401, 422);
        auth.MapPost("/sign-out", Requests.Do<CloseSession>()).Named<CloseSession>(Allow.Anybody, 400);
        auth.MapPost("/password", Requests.Do<UpdatePassword>()).Named<UpdatePassword>(Allow.ManageOneself, 400, 404, 409, 422);
        api.MapGet("/me", Requests.Get<GetCaller, CallerDetails>()).WithTags("Access").Named<GetCaller>(Allow.SignedIn);
    }
}
