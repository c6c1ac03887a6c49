using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CleanPortfolio.Application.Ports;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// An outcome as it is stored: AES-256-GCM under a key that is derived (HKDF, RFC 5869) from the one that the caller chose. Answers hold
/// names, addresses and keys that are shown once; whoever reads the table alone reads none of them.
/// </summary>
internal static class SealedOutcome
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static byte[] Scope(KeyedRequest request) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new[] { request.Caller, request.Operation, request.Key }));

    public static byte[] Seal(Outcome outcome, KeyedRequest request)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(outcome);
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(KeyOf(request), TagLength);
        cipher.Encrypt(box.AsSpan(0, NonceLength), plain, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength));
        return box;
    }

    public static Outcome Open(ReadOnlySpan<byte> box, KeyedRequest request)
    {
        var plain = new byte[box.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(KeyOf(request), TagLength);
        cipher.Decrypt(box[..NonceLength], box[(NonceLength + TagLength)..], box.Slice(NonceLength, TagLength), plain);
        return JsonSerializer.Deserialize<Outcome>(plain)!;
    }

    private static byte[] KeyOf(KeyedRequest request) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(request.Key),
            outputLength: 32,
            salt: Encoding.UTF8.GetBytes(request.Caller),
            info: Encoding.UTF8.GetBytes(request.Operation)
        );
}
