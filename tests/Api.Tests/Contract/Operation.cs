using System.Text.Json;
using System.Text.RegularExpressions;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Contract;

/// <summary>An operation of the served contract.</summary>
internal sealed partial record Operation(string Path, HttpMethod Method, JsonElement Json)
{
    public string Name => Json.Text("operationId")!;

    public IEnumerable<JsonElement> Parameters => Json.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : [];

    public static async Task<List<Operation>> All(TestApp app) =>
        [
            .. (await app.Api.Get("/openapi.json"))
                .Is(200)
                .At("paths")
                .EnumerateObject()
                .SelectMany(path =>
                    path.Value.EnumerateObject().Select(one => new Operation(path.Name, HttpMethod.Parse(one.Name), one.Value))
                ),
        ];

    public bool Takes(string parameter) => Parameters.Any(one => one.Text("name") == parameter);

    /// <summary>The path with values instead of names.</summary>
    public string Filled(Func<string, string> value) =>
        Placeholder().Replace(Path, found => Uri.EscapeDataString(value(found.Groups["name"].Value)));

    public override string ToString() => $"{Method} {Path}";

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
