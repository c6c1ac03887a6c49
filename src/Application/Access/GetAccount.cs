using AutoMapper;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>One account.</summary>
public sealed record GetAccount(Id<Account> AccountId) : IRequest<AccountDetails>;

internal sealed class GetAccountHandler(IDatabase database, IMapper mapper) : IRequestHandler<GetAccount, AccountDetails>
{
    public async Task<AccountDetails> Handle(GetAccount request, CancellationToken cancellationToken) =>
        mapper.Map<AccountDetails>(await database.AccountOf(request.AccountId, cancellationToken));
}

internal static class AccountFinding
{
    public static async Task<Account> AccountOf(this IDatabase database, Id<Account> id, CancellationToken cancellationToken) =>
        NotFound.Unless(await database.Accounts.FirstOrDefaultAsync(account => account.Id == id, cancellationToken), "account", id);
}
