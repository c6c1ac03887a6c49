using System.Security.Cryptography;
using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>
/// One indexed read per request: what an account may do, and whether a session or key still goes on, is true of this moment in every
/// process, not of the moment when a token was given out.
/// </summary>
internal sealed class Callers(
    PortfolioDb database,
    AccessTokens tokens,
    OidcTokens oidc,
    IOptions<AccessOptions> options,
    TimeProvider clock
) : ICallers
{
    private const int LongestToken = 8192;

    public async Task<Caller?> Of(string credential, CancellationToken cancellationToken)
    {
        if (credential.StartsWith(ApiKeyText.Mark, StringComparison.Ordinal))
            return ApiKeyText.TryParse(credential, out var key) ? await OfKey(key, cancellationToken) : null;
        if (credential.Length > LongestToken || Parsed(credential) is not { } token)
            return null;
        if (!tokens.Claims(token))
            return await OfIssuer(token, cancellationToken);
        return await tokens.Read(token) is { } read ? await OfSession(read.Account, read.Session, cancellationToken) : null;
    }

    public async Task<Caller?> OfSession(string refreshToken, CancellationToken cancellationToken) =>
        Sessions.TryParse(refreshToken, out var id, out var hash)
        && await Open(id, cancellationToken) is var (session, account)
        && session.StateOf(hash, clock.GetUtcNow()) is TokenState.Newest
            ? OfAccount(account)
            : null;

    private async Task<Caller?> OfSession(Id<Account> accountId, Id<Session> sessionId, CancellationToken cancellationToken) =>
        await Open(sessionId, cancellationToken) is var (_, account) && account.Id == accountId ? OfAccount(account) : null;

    private async Task<(Session Session, Account Account)?> Open(Id<Session> id, CancellationToken cancellationToken)
    {
        // Sessions of before are over where another issuer alone says who calls: it may have let somebody go.
        if (!options.Value.LocalAccounts)
            return null;
        var found = await (
            from session in database.Sessions.AsNoTracking()
            join account in database.Accounts.AsNoTracking() on session.AccountId equals account.Id
            where session.Id == id
            select new { session, account }
        ).FirstOrDefaultAsync(cancellationToken);
        return found is not null && found.session.IsOpen(found.account, clock.GetUtcNow()) ? (found.session, found.account) : null;
    }

    private async Task<Caller?> OfKey(ApiKeyText text, CancellationToken cancellationToken)
    {
        var found = await (
            from key in database.ApiKeys.AsNoTracking()
            join account in database.Accounts.AsNoTracking() on key.AccountId equals account.Id
            where key.Prefix == text.Prefix
            select new { key, account }
        ).FirstOrDefaultAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var isRight =
            found is { account.IsDisabled: false }
            && CryptographicOperations.FixedTimeEquals(found.key.Hash, text.Hash)
            && found.key.IsGood(now);
        if (!isRight)
            return null;
        var (known, owner) = (found!.key, found.account);
        if (known.LastUsedAt is not { } last || now - last >= TimeSpan.FromMinutes(1))
            await Used(known.Id, now, cancellationToken);
        return new Caller($"key:{known.Id}", known.Name, Role.Service, owner.Reach)
        {
            Scopes = known.Scopes,
            AccountId = owner.Id,
            OwnerRole = owner.Role,
        };
    }

    // Whoever holds the row is writing the same minute.
    private Task Used(Id<ApiKey> id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            update api_keys set last_used_at = {now}
            where id = (select id from api_keys where id = {id.Value} for no key update skip locked)
            """,
            cancellationToken
        );

    private async Task<Caller?> OfIssuer(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (await oidc.Read(token, cancellationToken) is not { } person)
            return null;
        var email = person.Email is null ? null : Account.KeyOf(person.Email);
        var account = email is null
            ? null
            : await database.Accounts.AsNoTracking().FirstOrDefaultAsync(account => account.EmailKey == email, cancellationToken);
        if (account is not null)
            return account.IsDisabled ? null : OfAccount(account);
        return person.Role switch
        {
            Role.Admin => new Caller($"oidc:{person.Subject}", person.Email ?? person.Subject, Role.Admin, Reach.Everybody),
            Role.Operator => new Caller($"oidc:{person.Subject}", person.Email ?? person.Subject, Role.Operator, Reach.Nobody),
            _ => null,
        };
    }

    private static Caller OfAccount(Account account) =>
        new($"user:{account.Id}", account.Email, account.Role, account.Reach) { AccountId = account.Id };

    private static JsonWebToken? Parsed(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
