using AutoMapper;
using AutoMapper.QueryableExtensions;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CleanPortfolio.Application.Access;

/// <summary>The caller's keys, oldest first, revoked and expired ones too; for an admin everybody's.</summary>
public sealed record ListApiKeys(string? Cursor, int? Limit) : IRequest<Page<ApiKeyDetails>>;

internal sealed class ListApiKeysRules : AbstractValidator<ListApiKeys>
{
    public ListApiKeysRules() => RuleFor(request => request.Limit).Limit();
}

internal sealed class ListApiKeysHandler(IDatabase database, ICaller caller, IMapper mapper)
    : IRequestHandler<ListApiKeys, Page<ApiKeyDetails>>
{
    public async Task<Page<ApiKeyDetails>> Handle(ListApiKeys request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var keys = database.KeysFor(caller.Current);
        if (Cursor.Guid(request.Cursor) is { } after)
            keys = keys.Where(key => key.Id > new Id<ApiKey>(after));
        var page = await keys.OrderBy(key => key.Id)
            .Take(limit + 1)
            .ProjectTo<ApiKeyDetails>(mapper.ConfigurationProvider)
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(page, limit, key => [key.Id]);
    }
}

internal static class ApiKeyFinding
{
    /// <summary>Keys that a caller may look after.</summary>
    public static IQueryable<ApiKey> KeysFor(this IDatabase database, Caller caller)
    {
        var (isAdmin, own) = (caller.Role is Role.Admin, caller.AccountId);
        return database.ApiKeys.Where(key => isAdmin || key.AccountId == own);
    }

    public static async Task<ApiKey> KeyOf(this IDatabase database, Caller caller, Id<ApiKey> id, CancellationToken cancellationToken) =>
        NotFound.Unless(await database.KeysFor(caller).FirstOrDefaultAsync(key => key.Id == id, cancellationToken), "apiKey", id);
}
