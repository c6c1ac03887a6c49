using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CleanPortfolio.Infrastructure.Access;

/// <summary>The keys of our access tokens: the first signs, all of them are believed.</summary>
public sealed class SigningKeys : IDisposable
{
    private readonly List<ECDsa> curves = [];

    /// <summary>Those that are configured; else one of this process, whose tokens end with it.</summary>
    public SigningKeys(IOptions<AccessOptions> options)
    {
        foreach (var text in options.Value.SigningKeys)
            curves.Add(Read(text));
        if (curves.Count == 0)
            curves.Add(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Believed = [.. curves.Select(KeyOf)];
        Signing = new SigningCredentials(Believed[0], SecurityAlgorithms.EcdsaSha256);
    }

    internal SigningCredentials Signing { get; }

    internal IReadOnlyList<SecurityKey> Believed { get; }

    /// <summary>Reads a private key on P-256.</summary>
    /// <param name="text">PEM, or the path of a file with it.</param>
    /// <exception cref="CryptographicException">It is none; the text is not in the message.</exception>
    public static ECDsa Read(string text)
    {
        var curve = ECDsa.Create();
        try
        {
            curve.ImportFromPem(text.Contains("-----BEGIN", StringComparison.Ordinal) ? text : File.ReadAllText(text));
            if (curve.ExportParameters(includePrivateParameters: true) is { D: not null, Curve.Oid: var oid } && IsP256(oid))
                return curve;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            curve.Dispose();
            throw new CryptographicException("not a private key in PEM, nor a file with one", e);
        }
        curve.Dispose();
        throw new CryptographicException("not a private key on the curve P-256");
    }

    /// <inheritdoc/>
    public void Dispose() => curves.ForEach(curve => curve.Dispose());

    private static bool IsP256(Oid oid) =>
        oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value || oid.FriendlyName == ECCurve.NamedCurves.nistP256.Oid.FriendlyName;

    // The id is the key's thumbprint, RFC 7638: nobody has to name keys.
    private static ECDsaSecurityKey KeyOf(ECDsa curve)
    {
        // The default factory keeps what signs in a static, by thumbprint: another server of the process would go on with a disposed curve.
        var key = new ECDsaSecurityKey(curve) { CryptoProviderFactory = new CryptoProviderFactory() };
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}
