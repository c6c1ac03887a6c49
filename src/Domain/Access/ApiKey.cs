namespace CleanPortfolio.Domain.Access;

/// <summary>
/// A secret by which a program calls for an account: <c>cp_</c>, eight characters that name it, <c>_</c>, and 256 random bits as base64url.
/// Only the hash is kept.
/// </summary>
public sealed class ApiKey
{
    private ApiKey() { }

    /// <summary>A key of <paramref name="owner"/>, made at <paramref name="now"/>.</summary>
    /// <param name="owner">The account that it calls for.</param>
    /// <param name="name">For people, 1 to 200 characters.</param>
    /// <param name="secret">The eight characters that name it, and SHA-256 of its text.</param>
    /// <param name="scopes">Of <see cref="Scopes.All"/>, as far as the owner's role goes.</param>
    /// <param name="expiresAt">Its end; at most <see cref="Longest"/> from now.</param>
    /// <param name="now">The instant.</param>
    /// <exception cref="RuleBroken"><c>apiKey.scope</c>, <c>apiKey.expiry</c>.</exception>
    public ApiKey(
        Account owner,
        string name,
        (string Prefix, byte[] Hash) secret,
        IEnumerable<string> scopes,
        DateTimeOffset expiresAt,
        DateTimeOffset now
    )
    {
        Scopes = Access.Scopes.All.Intersect(scopes, StringComparer.Ordinal).ToArray();
        if (Scopes.Except(Access.Scopes.Of(owner.Role), StringComparer.Ordinal).FirstOrDefault() is { } beyond)
            throw new RuleBroken("apiKey.scope", $"The scope {beyond} is more than the owner of the key may do.");
        if (expiresAt <= now || expiresAt > now + Longest)
            throw new RuleBroken("apiKey.expiry", $"A key ends in the future, and at most {Longest.TotalDays:0} days from now.");
        Id = Id<ApiKey>.New(now);
        AccountId = owner.Id;
        Name = name;
        (Prefix, Hash) = secret;
        ExpiresAt = expiresAt;
        CreatedAt = now;
    }

    /// <summary>No key is good for longer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(366);

    /// <summary>Identity.</summary>
    public Id<ApiKey> Id { get; private set; }

    /// <summary>The account that it calls for.</summary>
    public Id<Account> AccountId { get; private set; }

    /// <summary>For people.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The eight characters that name it; no secret.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>SHA-256 of its text.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>What it may be used for, in the order of <see cref="Scopes.All"/>.</summary>
    public IReadOnlyList<string> Scopes { get; private set; } = [];

    /// <summary>Its end.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Instant of its making.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Instant of its last use, to the minute; null for one that was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>Another one after a change; its use is none.</summary>
    public uint Version => RevokedAt is null ? 1u : 2u;

    /// <summary>Instant of its revocation; null for one that is good until its end.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Whether it opens anything at an instant.</summary>
    public bool IsGood(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>Ends it at once, for good.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
