using CleanPortfolio.Domain.Access;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>Tokens of the configured issuer elsewhere; its keys are fetched from its discovery document, and anew when it has others.</summary>
internal sealed class OidcTokens : IDisposable
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSsaPssSha256,
    ];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1024 * 1024 };
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? issuer;
    private readonly OidcOptions options;
    private readonly AccessTokens tokens;
    private readonly ILogger logger;

    public OidcTokens(IOptions<AccessOptions> access, AccessTokens tokens, ILogger<OidcTokens> logger)
    {
        (options, this.tokens, this.logger) = (access.Value.Oidc, tokens, logger);
        if (string.IsNullOrWhiteSpace(options.Authority))
            return;
        var document = new Uri(new Uri(options.Authority.TrimEnd('/') + "/"), ".well-known/openid-configuration");
        issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
            document.ToString(),
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = !document.IsLoopback }
        );
    }

    /// <summary>Whose token it is; null when it is not the issuer's, not for us, tampered with, or over.</summary>
    public async Task<Person?> Read(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (issuer is null || string.IsNullOrEmpty(options.Audience))
            return null;
        if (await Known(issuer, cancellationToken) is not { } known)
            return null;
        var result = await Validated(token, known);
        // Its keys may be new: they are fetched in the background, at most every few minutes.
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            issuer.RequestRefresh();
        if (!result.IsValid || string.IsNullOrEmpty(token.Subject))
            return null;
        var isVerified =
            token.TryGetPayloadValue<object>("email_verified", out var verified)
            && string.Equals(verified?.ToString(), "true", StringComparison.OrdinalIgnoreCase);
        return new Person(token.Subject, isVerified ? Text(token, options.EmailClaim) : null, RoleOf(token));
    }

    public void Dispose() => http.Dispose();

    private async Task<OpenIdConnectConfiguration?> Known(
        ConfigurationManager<OpenIdConnectConfiguration> manager,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await manager.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            logger.LogError(e, "The issuer of Access:Oidc:Authority does not tell its keys: its tokens are refused");
            return null;
        }
    }

    private Task<TokenValidationResult> Validated(JsonWebToken token, OpenIdConnectConfiguration known) =>
        Handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidAlgorithms = Algorithms,
                ValidIssuer = known.Issuer,
                ValidAudience = options.Audience,
                IssuerSigningKeys = known.SigningKeys,
                TryAllIssuerSigningKeys = false,
                LifetimeValidator = (notBefore, expires, one, parameters) =>
                    tokens.IsNow(notBefore ?? DateTime.UnixEpoch, expires, one, parameters),
            }
        );

    private Role? RoleOf(JsonWebToken token)
    {
        if (string.IsNullOrEmpty(options.RoleClaim))
            return null;
        var said = token.Claims.Where(claim => claim.Type == options.RoleClaim).Select(claim => claim.Value).ToList();
        return said.Contains("admin") ? Role.Admin
            : said.Contains("operator") ? Role.Operator
            : null;
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) && text.Length > 0 ? text : null;

    /// <summary>Somebody of the issuer's.</summary>
    /// <param name="Subject">Who it is there.</param>
    /// <param name="Email">Verified e-mail address; null when there is none.</param>
    /// <param name="Role">What the issuer makes of somebody without an account; null for nothing.</param>
    internal sealed record Person(string Subject, string? Email, Role? Role);
}
