using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>Makes tokens by hand, right and wrong ones: a sound token is taken apart, changed, and put together again.</summary>
internal sealed class Forger
{
    private readonly JsonObject header;
    private readonly JsonObject payload;
    private readonly string sound;

    public Forger(string sound)
    {
        this.sound = sound;
        var parts = sound.Split('.');
        (header, payload) = (Decoded(parts[0]), Decoded(parts[1]));
    }

    /// <summary>The key that the service signs by, of which an attacker has the public half only.</summary>
    private static ECDsa Service => KeyOf(Credentials.SigningKey);

    /// <summary>As it was, signed anew by the true key: shows that the other forgeries fail for what they change.</summary>
    public string Resigned() => Signed(header, payload, Service);

    public string WithHeader(string name, JsonNode? value) => Signed(Changed(header, name, value), payload, Service);

    public string With(string claim, JsonNode? value) => Signed(header, Changed(payload, claim, value), Service);

    public string Without(string claim)
    {
        var copy = (JsonObject)payload.DeepClone();
        copy.Remove(claim);
        return Signed(header, copy, Service);
    }

    public string TamperedWith(string claim, JsonNode? value) =>
        $"{sound.Split('.')[0]}.{Encoded(Changed(payload, claim, value))}.{sound.Split('.')[2]}";

    public string ByAnotherKey(string? kid = null)
    {
        using var another = KeyOf(Credentials.NewSigningKey());
        return Signed(kid is null ? header : Changed(header, "kid", kid), payload, another);
    }

    public string ByKeyInHeader()
    {
        using var another = KeyOf(Credentials.NewSigningKey());
        var point = another.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
        return Signed(Changed(header, "jwk", jwk), payload, another);
    }

    /// <summary>No signature, said so in the header.</summary>
    public string Unsigned(string algorithm, string signature = "") =>
        $"{Encoded(Changed(header, "alg", algorithm))}.{Encoded(payload)}.{signature}";

    public string WithoutSignature() => $"{sound.Split('.')[0]}.{sound.Split('.')[1]}.";

    public string WithSignature(byte[] signature) => $"{sound.Split('.')[0]}.{sound.Split('.')[1]}.{Base64Url.EncodeToString(signature)}";

    /// <summary>Signed by HMAC whose secret is the public key, for a service that lets the token choose the algorithm.</summary>
    public string ByPublicKeyAsSecret(string algorithm, bool asPem)
    {
        var secret = asPem ? Encoding.ASCII.GetBytes(Service.ExportSubjectPublicKeyInfoPem()) : Service.ExportSubjectPublicKeyInfo();
        var text = $"{Encoded(Changed(header, "alg", algorithm))}.{Encoded(payload)}";
        var content = Encoding.ASCII.GetBytes(text);
        var mac = algorithm == "HS256" ? HMACSHA256.HashData(secret, content) : HMACSHA512.HashData(secret, content);
        return $"{text}.{Base64Url.EncodeToString(mac)}";
    }

    /// <summary>A token within a token.</summary>
    public string Nested()
    {
        var text = $"{Encoded(Changed(header, "cty", "JWT"))}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(sound))}";
        return $"{text}.{SignatureOf(text, Service)}";
    }

    private static string Signed(JsonObject header, JsonObject payload, ECDsa key)
    {
        var text = $"{Encoded(header)}.{Encoded(payload)}";
        return $"{text}.{SignatureOf(text, key)}";
    }

    private static string SignatureOf(string text, ECDsa key) =>
        Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256));

    private static JsonObject Changed(JsonObject json, string name, JsonNode? value)
    {
        var copy = (JsonObject)json.DeepClone();
        copy[name] = value;
        return copy;
    }

    private static ECDsa KeyOf(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private static JsonObject Decoded(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Encoded(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
