using System.Security.Cryptography;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>Tokens of an issuer elsewhere, by configuration.</summary>
[Collection(AccessApp.Name)]
public sealed class OtherIssuerTests(AccessApp.App app)
{
    [Fact]
    public async Task Its_tokens_open_the_account_of_their_verified_address_and_nothing_else_does()
    {
        await using var issuer = await FakeIssuer.Start();
        var other = await Trusting(issuer);
        try
        {
            var (id, email) = await app.Account("operator");
            Task<Answer> Me(string token) => other.Bearing(token).Get("me");

            var me = (await Me(issuer.Token(Claims(issuer, email)))).Is(200);
            me.Text("accountId").Should().Be(id);
            me.Text("role").Should().Be("operator");

            (await Me(issuer.Token(Claims(issuer, email, verified: false)))).Is(401);
            (await Me(issuer.Token(Claims(issuer, Unique.Email())))).Is(401);
            (await Me(issuer.Token(Claims(issuer, email, audience: "another")))).Is(401);
            (await Me(issuer.Token(Claims(issuer, email, issuedBy: "https://evil.example")))).Is(401);
            (await Me(issuer.Token(Claims(issuer, email, seconds: -60)))).Is(401);
            using var stolen = RSA.Create(2048);
            (await Me(issuer.Token(Claims(issuer, email), stolen))).Is(401);
            (await app.Bearing(issuer.Token(Claims(issuer, email))).Get("me")).Is(401);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task Its_new_keys_are_fetched_when_it_signs_by_one()
    {
        await using var issuer = await FakeIssuer.Start();
        var other = await Trusting(issuer);
        try
        {
            var (_, email) = await app.Account("operator");
            (await other.Bearing(issuer.Token(Claims(issuer, email))).Get("me")).Is(200);
            issuer.Rotate();
            var api = other.Bearing(issuer.Token(Claims(issuer, email)));

            var status = 0;
            for (var attempt = 0; attempt < 200 && status != 200; attempt++, await Task.Delay(50))
                status = (await api.Get("me")).Status;

            status.Should().Be(200);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_issuer_that_is_away_opens_nothing()
    {
        var issuer = await FakeIssuer.Start();
        var other = await Trusting(issuer);
        try
        {
            var token = issuer.Token(Claims(issuer, (await app.Account()).Email));
            await issuer.DisposeAsync();

            (await other.Bearing(token).Get("me")).IsProblem(401, "access.unauthenticated");
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_role_that_it_tells_makes_an_administrator_or_operator_without_an_account()
    {
        await using var issuer = await FakeIssuer.Start();
        var other = await Trusting(issuer);
        try
        {
            async Task<Answer> Me(string role) => await other.Bearing(issuer.Token(Claims(issuer, Unique.Email(), role: role))).Get("me");

            (await Me("operator")).Is(200).Text("role").Should().Be("operator");
            (await Me("admin")).Is(200).Text("role").Should().Be("admin");
            (await Me("adviser")).Is(401);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    private Task<TestApp> Trusting(FakeIssuer issuer) =>
        app.Another(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Access:Oidc:Authority"] = issuer.Address,
                ["Access:Oidc:Audience"] = "portfolios",
                ["Access:Oidc:RoleClaim"] = "role",
                ["Access:LocalAccounts"] = "false",
            }
        );

    private object Claims(
        FakeIssuer issuer,
        string email,
        bool verified = true,
        string audience = "portfolios",
        string? issuedBy = null,
        int seconds = 300,
        string? role = null
    ) =>
        new
        {
            iss = issuedBy ?? issuer.Address,
            aud = audience,
            sub = "somebody",
            exp = app.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds,
            email,
            email_verified = verified,
            role,
        };
}
