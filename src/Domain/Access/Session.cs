namespace CleanPortfolio.Domain.Access;

/// <summary>
/// What began with a sign-in: a row of refresh tokens, each of which replaces the one before. The newest and the one before are known, as
/// hashes; a replaced one that comes again was copied, and ends the session, unless it comes within <see cref="Grace"/>.
/// </summary>
public sealed class Session
{
    /// <summary>An unused refresh token is good for this long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(30);

    /// <summary>However it is used, a session ends after this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>For so long a token that was just replaced is taken for a repeated call, refused, and nothing more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private Session() { }

    /// <summary>A session of <paramref name="account"/> that begins at <paramref name="now"/>.</summary>
    /// <param name="account">Who signed in.</param>
    /// <param name="tokenHash">SHA-256 of its first refresh token's secret.</param>
    /// <param name="now">The instant.</param>
    public Session(Account account, byte[] tokenHash, DateTimeOffset now)
    {
        Id = Id<Session>.New(now);
        AccountId = account.Id;
        Stamp = account.Stamp;
        TokenHash = tokenHash;
        StartedAt = RotatedAt = now;
    }

    /// <summary>Identity.</summary>
    public Id<Session> Id { get; private set; }

    /// <summary>Who signed in.</summary>
    public Id<Account> AccountId { get; private set; }

    /// <summary>The account's stamp at the sign-in: with another one the session is over.</summary>
    public Guid Stamp { get; private set; }

    /// <summary>SHA-256 of the newest refresh token's secret.</summary>
    public byte[] TokenHash { get; private set; } = [];

    /// <summary>SHA-256 of the secret before; null for a session that was never renewed.</summary>
    public byte[]? PreviousHash { get; private set; }

    /// <summary>Instant of the sign-in.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Instant since which the newest token is the newest.</summary>
    public DateTimeOffset RotatedAt { get; private set; }

    /// <summary>Instant of its end by signing out or because a token came twice; null for one that goes on.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Until when the newest refresh token is good.</summary>
    public DateTimeOffset ExpiresAt => RotatedAt + Idle < StartedAt + Longest ? RotatedAt + Idle : StartedAt + Longest;

    /// <summary>Whether it goes on for an account that is as given.</summary>
    public bool IsOpen(Account account, DateTimeOffset now) =>
        RevokedAt is null && now < ExpiresAt && account.Id == AccountId && account.Stamp == Stamp && !account.IsDisabled;

    /// <summary>What a refresh token with this hash is to it.</summary>
    public TokenState StateOf(ReadOnlySpan<byte> hash, DateTimeOffset now) =>
        Same(hash, TokenHash) ? TokenState.Newest
        : PreviousHash is { } previous && Same(hash, previous) && now < RotatedAt + Grace ? TokenState.JustReplaced
        : TokenState.Copied;

    /// <summary>Replaces the newest token.</summary>
    public void Rotate(byte[] tokenHash, DateTimeOffset now) => (PreviousHash, TokenHash, RotatedAt) = (TokenHash, tokenHash, now);

    /// <summary>Ends it.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    // Hashes of random secrets: how long a comparison takes tells nothing of a secret.
    private static bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => one.SequenceEqual(other);
}

/// <summary>What a refresh token is to its session.</summary>
public enum TokenState
{
    /// <summary>The one to be used.</summary>
    Newest,

    /// <summary>Replaced in the last moments: one of several calls at once.</summary>
    JustReplaced,

    /// <summary>Replaced long ago, or never given out.</summary>
    Copied,
}
