using System.Globalization;
using System.Text;
using CleanPortfolio.Api.Tests.Contract;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>One request, as it is sent.</summary>
internal sealed record Shot(Operation Operation, string Caller, string Path)
{
    public byte[]? Body { get; init; }

    public string? MediaType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether nobody may send it who does not say who it is.</summary>
    public bool IsClosed => Operation.Json.TryGetProperty("security", out var security) && security.GetArrayLength() > 0;

    /// <summary>With If-Match: none is sent unless the shot has one.</summary>
    public (string, string)[] AllHeaders =>
        Headers.Any(header => header.Name == "If-Match") ? [.. Headers] : [.. Headers, ("If-Match", "")];

    public HttpContent? Content()
    {
        if (Body is null)
            return null;
        var content = new ByteArrayContent(Body);
        if (MediaType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        return content;
    }

    public override string ToString()
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"curl -X {Operation.Method} \"$URL{Path}\" # as {Caller}");
        foreach (var (name, value) in Headers.Where(header => header.Value.Length > 0))
            line.Append(CultureInfo.InvariantCulture, $"\n  -H '{name}: {value}'");
        if (Body is not null)
        {
            var text = Encoding.UTF8.GetString(Body);
            line.Append(
                CultureInfo.InvariantCulture,
                $"\n  -H 'Content-Type: {MediaType}' --data-binary '{(text.Length > 1500 ? text[..1500] + "..." : text)}'"
            );
        }
        return line.ToString();
    }
}
