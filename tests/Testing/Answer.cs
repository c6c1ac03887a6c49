using System.Globalization;
using System.Text.Json;
using FluentAssertions;
using FluentAssertions.Execution;

namespace CleanPortfolio.Testing;

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">As text.</param>
/// <param name="MediaType">Of the body.</param>
/// <param name="Headers">All, joined by comma.</param>
public sealed record Answer(int Status, string Body, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    private JsonDocument? document;

    /// <summary>The body.</summary>
    public JsonElement Json => (document ??= JsonDocument.Parse(Body)).RootElement;

    /// <summary>The header Location.</summary>
    public string? Location => Headers.GetValueOrDefault("Location");

    /// <summary>Reads an answer to its end.</summary>
    public static async Task<Answer> Of(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(cancellationToken),
            response.Content.Headers.ContentType?.MediaType,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Asserts the status.</summary>
    public Answer Is(int status)
    {
        Status.Should().Be(status, "the answer is {0}", Body);
        return this;
    }

    /// <summary>Asserts a refusal in the form that all of them have.</summary>
    public Answer IsProblem(int status, string code)
    {
        using var scope = new AssertionScope(Body);
        Status.Should().Be(status);
        MediaType.Should().Be("application/problem+json");
        if (MediaType != "application/problem+json")
            return this;
        Text("code").Should().Be(code);
        At("status").GetInt32().Should().Be(status);
        Text("traceId").Should().NotBeNullOrEmpty();
        Text("type").Should().Be($"urn:cleanportfolio:problem:{code}");
        Text("title").Should().NotBeNullOrEmpty();
        Text("detail").Should().NotBeNullOrEmpty();
        Body.Should().NotContainAny("Exception", "   at ", "Npgsql", "SELECT", "CleanPortfolio.", "System.");
        return this;
    }

    /// <summary>Asserts a refusal that names these JSON paths, no others.</summary>
    public Answer IsInvalid(params string[] paths)
    {
        IsProblem(400, Text("code") is "request.malformed" ? "request.malformed" : "request.invalid");
        At("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo(paths, "the answer is {0}", Body);
        return this;
    }

    /// <summary>The value at a path such as <c>items.0.id</c>.</summary>
    public JsonElement At(string path) => Json.At(path);

    /// <summary>The text at a path, or the number as it is written; null for null.</summary>
    public string? Text(string path) => Json.Text(path);

    /// <summary>The decimal at a path, which must be written as text; null for null.</summary>
    public decimal? Exact(string path) => Json.Exact(path);

    /// <summary>The number at a path; null for null.</summary>
    public double? Number(string path) => Json.Number(path);
}

/// <summary>Short ways into JSON.</summary>
public static class JsonPaths
{
    /// <summary>The value at a path such as <c>items.0.id</c>.</summary>
    public static JsonElement At(this JsonElement json, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (json.ValueKind is JsonValueKind.Array)
                json = json[int.Parse(part, CultureInfo.InvariantCulture)];
            else if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty(part, out var inner))
                json = inner;
            else
                throw new KeyNotFoundException($"There is no {part} of {path} in {json}");
        }
        return json;
    }

    /// <summary>The text at a path, or the number as it is written; null for null.</summary>
    public static string? Text(this JsonElement json, string path)
    {
        var value = json.At(path);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
    }

    /// <summary>The decimal at a path, which must be written as text; null for null.</summary>
    public static decimal? Exact(this JsonElement json, string path)
    {
        var value = json.At(path);
        if (value.ValueKind is JsonValueKind.Null)
            return null;
        return decimal.Parse(
            value.GetString()!,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>The number at a path; null for null.</summary>
    public static double? Number(this JsonElement json, string path) =>
        json.At(path) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null;

    /// <summary>Texts at a path of each element.</summary>
    public static IEnumerable<string?> Texts(this IEnumerable<JsonElement> elements, string path) =>
        elements.Select(element => element.Text(path));
}
