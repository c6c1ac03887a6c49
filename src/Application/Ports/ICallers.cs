using CleanPortfolio.Domain.Access;

namespace CleanPortfolio.Application.Ports;

/// <summary>Finds out who calls by what the caller shows.</summary>
public interface ICallers
{
    /// <summary>The caller behind a bearer token: an access token of ours or of the configured issuer, or an API key.</summary>
    /// <returns>Null when it is none, is over, was tampered with, or is of an account that is shut out.</returns>
    Task<Caller?> Of(string credential, CancellationToken cancellationToken);

    /// <summary>The caller behind the newest refresh token of a session, which is not used up by that: for browsers, which keep it.</summary>
    /// <returns>Null when it is none of an open session.</returns>
    Task<Caller?> OfSession(string refreshToken, CancellationToken cancellationToken);
}

/// <summary>Passwords: ASP.NET Core Identity's, with a lock-out that counts every attempt.</summary>
public interface IPasswords
{
    /// <summary>
    /// The account whose e-mail address and password these are; null for a wrong password, an unknown address, a locked or disabled
    /// account. All of these take the same steps, so that the time tells nothing either.
    /// </summary>
    Task<Account?> Check(string email, string password, CancellationToken cancellationToken);

    /// <summary>Gives a password to an account; saved with it.</summary>
    /// <returns>Why it can't be: empty when it was given.</returns>
    Task<IReadOnlyList<string>> Set(Account account, string password);
}

/// <summary>Sessions and their tokens.</summary>
public interface ISessions
{
    /// <summary>Whether accounts sign in here; false when another issuer does that.</summary>
    bool AreLocal { get; }

    /// <summary>Begins a session, and commits.</summary>
    Task<SessionTokens> Open(Account account, CancellationToken cancellationToken);

    /// <summary>
    /// New tokens for a refresh token, which is used up by that; of several at once exactly one succeeds. A token that was used up before
    /// ends its session.
    /// </summary>
    /// <returns>Null when the token is none of an open session.</returns>
    Task<SessionTokens?> Renew(string refreshToken, CancellationToken cancellationToken);

    /// <summary>Ends the session of a refresh token; one that is none is ignored.</summary>
    Task Close(string refreshToken, CancellationToken cancellationToken);
}

/// <summary>What a session's holder needs to call, and to go on.</summary>
/// <param name="AccessToken">JWT for the header Authorization.</param>
/// <param name="ExpiresAt">The access token's end.</param>
/// <param name="RefreshToken">Good for one renewal.</param>
/// <param name="RefreshExpiresAt">The refresh token's end.</param>
public sealed record SessionTokens(string AccessToken, DateTimeOffset ExpiresAt, string RefreshToken, DateTimeOffset RefreshExpiresAt);
