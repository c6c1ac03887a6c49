using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>An OpenID Connect issuer as far as a service needs one: its discovery document, its keys, and tokens signed by RS256.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication web;
    private RSA key = RSA.Create(2048);
    private string kid = "first";

    private FakeIssuer(WebApplication web) => this.web = web;

    public string Address => web.Urls.First();

    public static async Task<FakeIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var issuer = new FakeIssuer(builder.Build());
        issuer.web.MapGet(
            "/.well-known/openid-configuration",
            () => Results.Json(new { issuer = issuer.Address, jwks_uri = $"{issuer.Address}/keys" })
        );
        issuer.web.MapGet("/keys", () => Results.Json(new { keys = new[] { issuer.Jwk() } }));
        await issuer.web.StartAsync();
        return issuer;
    }

    /// <summary>Replaces its key.</summary>
    public void Rotate()
    {
        key.Dispose();
        (key, kid) = (RSA.Create(2048), "second");
    }

    public string Token(object claims, RSA? by = null)
    {
        var header = new
        {
            alg = "RS256",
            typ = "JWT",
            kid,
        };
        var text = $"{Encoded(header)}.{Encoded(claims)}";
        var signature = (by ?? key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        key.Dispose();
    }

    private object Jwk()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            kid,
            n = Base64Url.EncodeToString(parameters.Modulus),
            e = Base64Url.EncodeToString(parameters.Exponent),
        };
    }

    private static string Encoded(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
