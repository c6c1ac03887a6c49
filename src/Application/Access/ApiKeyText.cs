using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CleanPortfolio.Application.Access;

/// <summary>A key as its holder sends it: <c>cp_</c>, eight lower-case letters or digits, <c>_</c>, 43 characters of base64url.</summary>
public sealed class ApiKeyText
{
    /// <summary>What every key begins with, so that one that leaked is found.</summary>
    public const string Mark = "cp_";

    private const int PrefixLength = 8;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const string PrefixLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private ApiKeyText(string text) => (Text, Prefix) = (text, text.Substring(Mark.Length, PrefixLength));

    /// <summary>All of it: a secret.</summary>
    public string Text { get; }

    /// <summary>What names it.</summary>
    public string Prefix { get; }

    /// <summary>SHA-256 of the text. A slow hash would add nothing: 256 random bits can't be guessed.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>A new one, from the system's random source.</summary>
    public static ApiKeyText New() =>
        new($"{Mark}{RandomNumberGenerator.GetString(PrefixLetters, PrefixLength)}_{SecretText.New(SecretBytes)}");

    /// <summary>Whether a text has the form of a key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key =
            text is { Length: 3 + PrefixLength + 1 + SecretLength }
            && text.StartsWith(Mark, StringComparison.Ordinal)
            && text[Mark.Length + PrefixLength] == '_'
            && text.AsSpan(Mark.Length, PrefixLength).IndexOfAnyExcept(PrefixLetters) < 0
            && SecretText.IsSecret(text.AsSpan(Mark.Length + PrefixLength + 1))
                ? new ApiKeyText(text)
                : null;
        return key is not null;
    }
}

/// <summary>Random bits as text.</summary>
public static class SecretText
{
    /// <summary>So many random bytes of the system's source as base64url without padding.</summary>
    public static string New(int bytes) => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Whether it is made of the letters of base64url only.</summary>
    public static bool IsSecret(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                return false;
        return true;
    }
}
