using System.Text.Json;
using System.Text.Json.Nodes;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Client.Tests;

/// <summary>The committed contract.</summary>
internal static class Contract
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Checkout.Root, "src", "WebApi", "openapi.json"));

    public static JsonElement Committed { get; } = JsonDocument.Parse(Text).RootElement;

    /// <summary>The contract as it may be one day.</summary>
    public static JsonElement With(Action<JsonNode> change)
    {
        var document = JsonNode.Parse(Text)!;
        change(document);
        return JsonSerializer.SerializeToElement(document);
    }

    public static IEnumerable<(string Method, string Path, JsonElement Json)> Operations(JsonElement contract) =>
        contract
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (method.Name, path.Name, method.Value)));

    public static string? Say(this JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static bool Is(this JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.True;

    public static IEnumerable<JsonElement> Each(this JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) ? value.EnumerateArray() : [];
}
