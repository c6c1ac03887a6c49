using CleanPortfolio.Application;
using CleanPortfolio.Application.Access;
using CleanPortfolio.WebApi.Access;

namespace CleanPortfolio.WebApi.Endpoints;

internal static class AccountRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Access");
        accounts
            .MapPost("", Requests.Create<CreateAccount, AccountDetails>(account => $"{Routes.Root}/accounts/{account.Id}"))
            .Named<CreateAccount>(Allow.Administer, 400, 404, 409, 422);
        accounts.MapGet("", Requests.Get<ListAccounts, Page<AccountDetails>>()).Named<ListAccounts>(Allow.Administer, 400);
        accounts.MapGet("/{accountId}", Requests.Get<GetAccount, AccountDetails>()).Named<GetAccount>(Allow.Administer, 400, 404);
        accounts
            .MapPatch("/{accountId}", Requests.Get<UpdateAccount, AccountDetails>())
            .Named<UpdateAccount>(Allow.Administer, 400, 404, 409, 422);
        accounts.MapDelete("/{accountId}", Requests.Do<DeleteAccount>()).Named<DeleteAccount>(Allow.Administer, 400, 404, 409, 422);
        accounts
            .MapGet("/{accountId}/customers", Requests.Get<ListAssignments, Page<AssignmentDetails>>())
            .Named<ListAssignments>(Allow.Administer, 400, 404);
        var assignment = accounts.MapGroup("/{accountId}/customers/{customerId}");
        assignment.MapGet("", Requests.Get<GetAssignment, AssignmentDetails>()).Named<GetAssignment>(Allow.Administer, 400, 404);
        assignment.MapPut("", Requests.Get<AddAssignment, AssignmentDetails>()).Named<AddAssignment>(Allow.Administer, 400, 404, 409, 422);
        assignment.MapDelete("", Requests.Do<DeleteAssignment>()).Named<DeleteAssignment>(Allow.Administer, 400, 404, 409);
    }
}
