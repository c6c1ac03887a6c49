namespace CleanPortfolio.Infrastructure.Access;

/// <summary>Section <c>Access</c> of the configuration.</summary>
public sealed class AccessOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Access";

    /// <summary>Who gives out our access tokens; any text that no other service has.</summary>
    public string Issuer { get; set; } = "cleanportfolio";

    /// <summary>For whom our access tokens are.</summary>
    public string Audience { get; set; } = "cleanportfolio-api";

    /// <summary>How long an access token is good; default ten minutes.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Private keys on P-256, each as PEM or as the path of a file with it. The first signs, all are believed: a new one is put in front,
    /// the old one is taken out a <see cref="TokenLifetime"/> later.
    /// </summary>
    public IList<string> SigningKeys { get; } = [];

    /// <summary>Whether accounts sign in with a password here; false leaves that to the issuer of <see cref="Oidc"/>.</summary>
    public bool LocalAccounts { get; set; } = true;

    /// <summary>Iterations of PBKDF2 with SHA-512; at least 210,000 outside of tests.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>An issuer elsewhere whose tokens are believed too.</summary>
    public OidcOptions Oidc { get; set; } = new();
}

/// <summary>Section <c>Access:Oidc</c>.</summary>
public sealed class OidcOptions
{
    /// <summary>Address of the issuer, below which <c>.well-known/openid-configuration</c> is; null for none.</summary>
    public string? Authority { get; set; }

    /// <summary>What the claim <c>aud</c> of its tokens must be.</summary>
    public string? Audience { get; set; }

    /// <summary>Claim with the verified e-mail address by which the account is found.</summary>
    public string EmailClaim { get; set; } = "email";

    /// <summary>Claim that makes somebody without an account an <c>admin</c> or <c>operator</c>; null for none.</summary>
    public string? RoleClaim { get; set; }
}
