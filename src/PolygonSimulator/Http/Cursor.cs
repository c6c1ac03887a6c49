using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace CleanPortfolio.PolygonSimulator.Http;

/// <summary>Page marks: the request's own parameters and a position, in the provider's two encodings.</summary>
internal static class Cursor
{
    const byte BinaryMark = 1;

    /// <summary>base64url without padding of a query string.</summary>
    public static string Encode(IEnumerable<KeyValuePair<string, string>> parameters) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Text(parameters)));

    /// <summary>base64url with two padding characters of bytes that mean nothing to the client.</summary>
    public static string EncodeBinary(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = Encoding.UTF8.GetBytes(Text(parameters));
        var filled = new byte[1 + text.Length + ((3 - (text.Length % 3)) % 3)];
        filled[0] = BinaryMark;
        text.CopyTo(filled.AsSpan(1));
        return $"{Base64Url.EncodeToString(filled)}==";
    }

    public static Dictionary<string, string> Decode(string cursor)
    {
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(cursor);
        }
        catch (FormatException)
        {
            throw Refusal.BadRequest("Could not parse the cursor.");
        }
        var text = Encoding.UTF8.GetString(bytes is [BinaryMark, ..] ? bytes.AsSpan(1).TrimEnd((byte)0) : bytes);
        return text.Contains('=', StringComparison.Ordinal)
            ? QueryHelpers.ParseQuery(text).ToDictionary(entry => entry.Key, entry => entry.Value.ToString(), StringComparer.Ordinal)
            : throw Refusal.BadRequest("Could not parse the cursor.");
    }

    static string Text(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join(
            '&',
            parameters
                .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
                .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}")
        );
}
