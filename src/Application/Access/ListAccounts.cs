using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>All accounts, oldest first, or the one with an e-mail address.</summary>
public sealed record ListAccounts(string? Email, string? Cursor, int? Limit) : IRequest<Page<AccountDetails>>;

internal sealed class ListAccountsRules : AbstractValidator<ListAccounts>
{
    public ListAccountsRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListAccountsHandler(IDatabase database, IMapper mapper) : IRequestHandler<ListAccounts, Page<AccountDetails>>
{
    public async Task<Page<AccountDetails>> Handle(ListAccounts request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var accounts = database.Accounts.AsQueryable();
        if (request.Email is not null)
        {
            var key = Account.KeyOf(request.Email);
            accounts = accounts.Where(account => account.EmailKey == key);
        }
        if (Cursor.Guid(request.Cursor) is { } after)
            accounts = accounts.Where(account => account.Id > new Id<Account>(after));
        var page = await accounts
            .OrderBy(account => account.Id)
            .Take(limit + 1)
            .ProjectTo<AccountDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, account => [account.Id]);
    }
}
