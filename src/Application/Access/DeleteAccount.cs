using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using MediatR;

namespace CleanPortfolio.Application.Access;

/// <summary>Deletes an account with its sessions, keys and assignments.</summary>
public sealed record DeleteAccount(Id<Account> AccountId) : IRequest;

internal sealed class DeleteAccountHandler(IDatabase database, ICaller caller, IPreconditions preconditions) : IRequestHandler<DeleteAccount, Unit>
{
    public async Task<Unit> Handle(DeleteAccount request, CancellationToken cancellationToken)
    {
        var account = await database.AccountOf(request.AccountId, cancellationToken);
        if (account.Id == caller.Current.AccountId)
            throw new RuleBroken("account.self", "An administrator can't shut itself out; another one can.");
        preconditions.Require(account.Version);
        database.Accounts.Remove(account);
        await database.SaveChanges(cancellationToken);
        return Unit.Value;
    }
}
