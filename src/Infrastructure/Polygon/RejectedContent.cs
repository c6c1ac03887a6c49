using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>A refused row as JSON that the database can keep: this system's names, the provider's values.</summary>
internal static class RejectedContent
{
    private const int LongestText = 200;

    public static string Of(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
                writer.WriteString(name, value is null or Told { Value: null, Instead: null } ? null : Clean(Text(value)));
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Without what a column can't hold, and not longer than anyone would read.</summary>
    public static string Clean(string text)
    {
        var cut = text.Length > LongestText ? text[..LongestText] : text;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
    }

    private static string Text(object value) =>
        value switch
        {
            Told { Value: { } number } => Domain.Exact.Trim(number).ToString(CultureInfo.InvariantCulture),
            Told told => told.Instead ?? "",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}
