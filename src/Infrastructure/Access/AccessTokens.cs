using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>Our access tokens: JWTs (RFC 9068), signed by ES256 and by nothing else. They say who, never what it may do.</summary>
internal sealed class AccessTokens(SigningKeys keys, IOptions<AccessOptions> options, TimeProvider clock)
{
    /// <summary>How far clocks of several machines may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private const string Type = "at+jwt";
    private const string Session = "sid";
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    /// <summary>Whether a token says that it is one of ours; nothing is checked.</summary>
    public bool Claims(JsonWebToken token) => token.Issuer == options.Value.Issuer;

    /// <summary>A token of a session.</summary>
    public (string Text, DateTimeOffset ExpiresAt) Issue(Session session)
    {
        var now = clock.GetUtcNow();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + options.Value.TokenLifetime).ToUnixTimeSeconds());
        var text = Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = Type,
                Issuer = options.Value.Issuer,
                Audience = options.Value.Audience,
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = expiresAt.UtcDateTime,
                SigningCredentials = keys.Signing,
                Claims = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    [JwtRegisteredClaimNames.Sub] = session.AccountId.ToString(),
                    [Session] = session.Id.ToString(),
                    [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
                },
            }
        );
        return (text, expiresAt);
    }

    /// <summary>The session and the account that a token is of; null when it is not ours, was tampered with, or is over.</summary>
    public async Task<(Id<Account> Account, Id<Session> Session)?> Read(JsonWebToken token)
    {
        var result = await Handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                ValidTypes = [Type],
                ValidIssuer = options.Value.Issuer,
                ValidAudience = options.Value.Audience,
                IssuerSigningKeys = keys.Believed,
                TryAllIssuerSigningKeys = false,
                LifetimeValidator = IsNow,
            }
        );
        return
            result.IsValid
            && token.TryGetClaim(JwtRegisteredClaimNames.Sub, out var subject)
            && token.TryGetClaim(Session, out var session)
            && Id<Account>.TryParse(subject.Value, null, out var account)
            && Id<Session>.TryParse(session.Value, null, out var id)
            ? (account, id)
            : null;
    }

    /// <summary>Both ends must be told; the library's own check would ask the system's clock.</summary>
    public bool IsNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return notBefore is { } first && expires is { } last && first <= now + Skew && now < last + Skew;
    }
}
