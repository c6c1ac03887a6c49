using System.Text.Json.Nodes;
using CleanPortfolio.Application.Access;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>Every row is a credential that an attacker could show; none may open anything.</summary>
[Collection(AccessApp.Name)]
public sealed class ForgedCredentialsTests(AccessApp.App app)
{
    private static readonly Dictionary<string, Func<Forger, Instant, string>> Tokens = new(StringComparer.Ordinal)
    {
        ["alg none"] = (token, _) => token.Unsigned("none"),
        ["alg None"] = (token, _) => token.Unsigned("None"),
        ["alg NONE with a signature"] = (token, _) => token.Unsigned("NONE", "AAAA"),
        ["alg empty"] = (token, _) => token.Unsigned(""),
        ["HS256 with the public key's bytes"] = (token, _) => token.ByPublicKeyAsSecret("HS256", asPem: false),
        ["HS256 with the public key's PEM"] = (token, _) => token.ByPublicKeyAsSecret("HS256", asPem: true),
        ["HS512 with the public key's PEM"] = (token, _) => token.ByPublicKeyAsSecret("HS512", asPem: true),
        ["alg says ES384"] = (token, _) => token.WithHeader("alg", "ES384"),
        ["alg says RS256"] = (token, _) => token.WithHeader("alg", "RS256"),
        ["signed by another key"] = (token, _) => token.ByAnotherKey(),
        ["signed by another key of unknown id"] = (token, _) => token.ByAnotherKey("unknown"),
        ["signed by another key without id"] = (token, _) => token.ByAnotherKey(""),
        ["signed by a key in the header"] = (token, _) => token.ByKeyInHeader(),
        ["key id of nobody"] = (token, _) => token.WithHeader("kid", "nobody"),
        ["key id is a path"] = (token, _) => token.WithHeader("kid", "../../../dev/null"),
        ["key id is SQL"] = (token, _) => token.WithHeader("kid", "' or '1'='1"),
        ["type of another token"] = (token, _) => token.WithHeader("typ", "JWT"),
        ["no signature"] = (token, _) => token.WithoutSignature(),
        ["signature of zeros"] = (token, _) => token.WithSignature(new byte[64]),
        ["signature too short"] = (token, _) => token.WithSignature(new byte[10]),
        ["a token in a token"] = (token, _) => token.Nested(),
        ["another subject, signature as it was"] = (token, _) => token.TamperedWith("sub", Guid.NewGuid().ToString()),
        ["a later end, signature as it was"] = (token, now) => token.TamperedWith("exp", now.In(3600)),
        ["another session, signature as it was"] = (token, _) => token.TamperedWith("sid", Guid.NewGuid().ToString()),
        ["another issuer"] = (token, _) => token.With("iss", "https://evil.example"),
        ["no issuer"] = (token, _) => token.Without("iss"),
        ["another audience"] = (token, _) => token.With("aud", "another-service"),
        ["no audience"] = (token, _) => token.Without("aud"),
        ["over since ten seconds"] = (token, now) => token.With("exp", now.In(-10)),
        ["without an end"] = (token, _) => token.Without("exp"),
        ["not good before a minute from now"] = (token, now) => token.With("nbf", now.In(60)),
        ["without a beginning"] = (token, _) => token.Without("nbf"),
        ["end is no number"] = (token, _) => token.With("exp", "never"),
        ["a session of somebody else"] = (token, _) => token.With("sub", Guid.NewGuid().ToString()),
        ["a session that never was"] = (token, _) => token.With("sid", Guid.NewGuid().ToString()),
        ["no session"] = (token, _) => token.Without("sid"),
        ["subject is a name"] = (token, _) => token.With("sub", "admin"),
    };

    private static readonly Dictionary<string, Func<string, string>> Keys = new(StringComparer.Ordinal)
    {
        ["nothing"] = _ => "",
        ["no key"] = _ => "secret",
        ["the mark only"] = _ => "cp_",
        ["the prefix only"] = key => key[..12],
        ["a letter less"] = key => key[..^1],
        ["a letter more"] = key => key + "A",
        ["another letter"] = key => key[..^2] + (key[^2] == 'A' ? 'B' : 'A') + key[^1],
        ["another secret"] = key => key[..12] + ApiKeyText.New().Text[12..],
        ["another prefix"] = key => ApiKeyText.New().Text[..12] + key[12..],
        ["prefix in capitals"] = key => key[..3] + key[3..11].ToUpperInvariant() + key[11..],
        ["another mark"] = key => "xx_" + key[3..],
        ["never given out"] = _ => ApiKeyText.New().Text,
        ["SQL for a prefix"] = key => "cp_' or 1=1_" + key[12..],
    };

    public static TheoryData<string> ForgedTokens => [.. Tokens.Keys];

    public static TheoryData<string> ForgedKeys => [.. Keys.Keys];

    [Theory]
    [MemberData(nameof(ForgedTokens))]
    public async Task A_forged_token_opens_nothing(string how)
    {
        var forger = new Forger(await SoundToken());
        (await app.Bearing(forger.Resigned()).Get("me")).Is(200);

        var forged = Tokens[how](forger, new Instant(app.Clock.GetUtcNow()));

        (await app.Bearing(forged).Get("me")).IsProblem(401, "access.unauthenticated");
        (await app.Bearing(forged).Get("customers")).IsProblem(401, "access.unauthenticated");
    }

    [Theory]
    [MemberData(nameof(ForgedKeys))]
    public async Task A_forged_key_opens_nothing(string how)
    {
        var forged = Keys[how](Credentials.Key);

        (await app.Bearing(forged).Get("customers")).IsProblem(401, "access.unauthenticated");
        var api = app.AsNobody();
        api.Http.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", forged);
        (await api.Get("customers")).IsProblem(401, "access.unauthenticated");
    }

    [Theory]
    [InlineData("Basic dGVzdHNAZXhhbXBsZS5jb206cGFzcw==")]
    [InlineData("Bearer")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer a.b.c.d.e")]
    [InlineData("Bearer ....")]
    [InlineData("Digest username=admin")]
    public async Task Another_kind_of_credential_opens_nothing(string header)
    {
        var api = app.AsNobody();
        api.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        (await api.Get("customers")).IsProblem(401, "access.unauthenticated");
    }

    [Fact]
    public async Task Two_credentials_at_once_open_nothing()
    {
        var api = app.Bearing(await SoundToken());
        api.Http.DefaultRequestHeaders.Add("X-Api-Key", Credentials.Key);

        (await api.Get("me")).IsProblem(401, "access.unauthenticated");
    }

    [Fact]
    public async Task A_refresh_token_and_an_access_token_in_the_wrong_header_open_nothing()
    {
        var (_, email) = await app.Account();
        var tokens = (await app.SignIn(email)).Is(200);
        var api = app.AsNobody();
        api.Http.DefaultRequestHeaders.Add("X-Api-Key", tokens.Text("accessToken"));

        (await app.Bearing(tokens.Text("refreshToken")).Get("me")).IsProblem(401, "access.unauthenticated");
        (await api.Get("me")).IsProblem(401, "access.unauthenticated");
    }

    [Fact]
    public async Task A_key_that_signed_before_is_believed_until_it_is_taken_out()
    {
        var token = await SoundToken();
        var next = Credentials.NewSigningKey();
        foreach (var (keys, status) in new[] { (new[] { next, Credentials.SigningKey }, 200), ([next], 401) })
        {
            var settings = keys.Select((key, i) => ($"Access:SigningKeys:{i}", key))
                .ToDictionary(pair => pair.Item1, pair => pair.key, StringComparer.Ordinal);
            var other = await app.Another(settings);
            try
            {
                (await other.Bearing(token).Get("me")).Is(status);
            }
            finally
            {
                await other.DisposeAsync();
            }
        }
    }

    private async Task<string> SoundToken()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var account = await scope
            .ServiceProvider.GetRequiredService<Provisioning>()
            .Account(Unique.Email(), Role.Admin, null, null, default);
        return (await scope.ServiceProvider.GetRequiredService<ISessions>().Open(account, default)).AccessToken;
    }

    internal sealed record Instant(DateTimeOffset Now)
    {
        public JsonNode In(int seconds) => Now.ToUnixTimeSeconds() + seconds;
    }
}
