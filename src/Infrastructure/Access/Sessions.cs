using System.Security.Cryptography;
using System.Text;
using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Failures;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>A refresh token is <c>cpr_</c>, the session's id, <c>_</c>, and 256 random bits as base64url; the bits are kept as a hash.</summary>
internal sealed class Sessions(PortfolioDb database, AccessTokens tokens, IOptions<AccessOptions> options, TimeProvider clock) : ISessions
{
    private const string Mark = "cpr_";
    private const int IdLength = 32;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    public bool AreLocal => options.Value.LocalAccounts;

    public async Task<SessionTokens> Open(Account account, CancellationToken cancellationToken)
    {
        var secret = SecretText.New(SecretBytes);
        var now = clock.GetUtcNow();
        var session = new Session(account, HashOf(secret), now);
        await Forget(account.Id, now, cancellationToken);
        database.Sessions.Add(session);
        try
        {
            await database.SaveChanges(cancellationToken);
        }
        catch (Conflict e) when (e.Code == Conflict.ConcurrentChange)
        {
            // Of the account nothing is written here but a stronger hash, which can wait. With a stamp that was renewed the session is over.
            database.Entry(account).State = EntityState.Unchanged;
            await database.SaveChanges(cancellationToken);
        }
        return TokensOf(session, secret);
    }

    public async Task<SessionTokens?> Renew(string refreshToken, CancellationToken cancellationToken)
    {
        if (!TryParse(refreshToken, out var id, out var hash))
            return null;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await Locked(id, cancellationToken) is not { } session)
            return null;
        var now = clock.GetUtcNow();
        var account = await database.Accounts.FirstAsync(account => account.Id == session.AccountId, cancellationToken);
        if (!session.IsOpen(account, now))
            return null;
        var (state, secret) = (session.StateOf(hash, now), SecretText.New(SecretBytes));
        if (state is TokenState.Newest)
            session.Rotate(HashOf(secret), now);
        if (state is TokenState.Copied)
            session.Revoke(now);
        await database.SaveChanges(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return state is TokenState.Newest ? TokensOf(session, secret) : null;
    }

    public async Task Close(string refreshToken, CancellationToken cancellationToken)
    {
        if (!TryParse(refreshToken, out var id, out _))
            return;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        // A replaced token ends its session too: whoever shows it holds a copy, or is its owner.
        if (await Locked(id, cancellationToken) is { } session)
            session.Revoke(now);
        await database.SaveChanges(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Sessions that are over have nothing to tell any more: a token of theirs is refused as one that never was.
    private Task Forget(Id<Account> account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (unused, begun) = (now - Session.Idle, now - Session.Longest);
        return database
            .Sessions.Where(session => session.AccountId == account && (session.RotatedAt < unused || session.StartedAt < begun))
            .ExecuteDeleteAsync(cancellationToken);
    }

    // One row lock, so that of many renewals at once each sees what the one before it did.
    private async Task<Session?> Locked(Id<Session> id, CancellationToken cancellationToken) =>
        await database
            .Sessions.FromSql($"select * from sessions where id = {id.Value} for no key update")
            .AsTracking()
            .FirstOrDefaultAsync(cancellationToken);

    private SessionTokens TokensOf(Session session, string secret)
    {
        var (access, expiresAt) = tokens.Issue(session);
        return new SessionTokens(access, expiresAt, $"{Mark}{session.Id.Value:N}_{secret}", session.ExpiresAt);
    }

    /// <summary>Takes a refresh token apart.</summary>
    public static bool TryParse(string text, out Id<Session> id, out byte[] hash)
    {
        var isToken =
            text.Length == Mark.Length + IdLength + 1 + SecretLength
            && text.StartsWith(Mark, StringComparison.Ordinal)
            && text[Mark.Length + IdLength] == '_'
            && SecretText.IsSecret(text.AsSpan(^SecretLength..));
        id = isToken && Guid.TryParseExact(text.AsSpan(Mark.Length, IdLength), "N", out var value) ? new Id<Session>(value) : default;
        hash = isToken ? HashOf(text[^SecretLength..]) : [];
        return id != default;
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
