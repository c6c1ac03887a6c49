using System.Globalization;
using System.Text.Json;

namespace CleanPortfolio.ClientGenerator;

/// <summary>What the contract says, as far as a client needs it. What it can't express is refused, never guessed.</summary>
internal sealed class Contract
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    // Sent by the client's handlers, not by its callers.
    private static readonly string[] HandlersOwn = ["If-None-Match"];

    public Contract(JsonElement document)
    {
        Schemas = [.. document.GetProperty("components").GetProperty("schemas").EnumerateObject()];
        Items = Schemas
            .Select(schema => (schema.Name, Item: ItemOf(schema.Value)))
            .Where(one => one.Item is not null)
            .ToDictionary(one => one.Name, one => one.Item!, StringComparer.Ordinal);
        Operations =
        [
            .. document
                .GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path =>
                    path.Value.EnumerateObject()
                        .Where(method => Methods.Contains(method.Name))
                        .Select(method => OperationOf(path.Name, method.Name, method.Value))
                ),
        ];
    }

    public IReadOnlyList<Operation> Operations { get; }

    public IReadOnlyList<JsonProperty> Schemas { get; }

    /// <summary>Pages of lists, and the type of what is on them.</summary>
    public IReadOnlyDictionary<string, string> Items { get; }

    private static string? ItemOf(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("items", out var items)
        && properties.TryGetProperty("nextCursor", out _)
            ? Types.Of(items.GetProperty("items"))
            : null;

    private static Operation OperationOf(string path, string method, JsonElement json)
    {
        var name = json.GetProperty("operationId").GetString()!;
        var answers = json.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] == '2').ToList();
        return new Operation(
            name,
            method,
            path,
            // The last tag is the narrowest.
            Names.Pascal(json.GetProperty("tags").EnumerateArray().Last().GetString()!),
            json.GetProperty("summary").GetString()!,
            [.. Parameters(json)],
            answers.Select(answer => AnswerOf(name, answer.Value)).Distinct(StringComparer.Ordinal).Single()
        );
    }

    private static IEnumerable<Parameter> Parameters(JsonElement operation)
    {
        if (operation.TryGetProperty("parameters", out var parameters))
            foreach (var parameter in parameters.EnumerateArray().Where(one => !HandlersOwn.Contains(NameOf(one))))
                yield return new Parameter(
                    NameOf(parameter),
                    parameter.GetProperty("in").GetString()!,
                    Types.Of(parameter.GetProperty("schema")),
                    parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
                    parameter.GetProperty("description").GetString()!
                );
        if (operation.TryGetProperty("requestBody", out var body))
        {
            var schema = body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
            var isFile = Types.IsFile(schema);
            yield return new Parameter(
                isFile ? "file" : "draft",
                "body",
                isFile ? "HttpContent" : Types.Of(schema),
                true,
                isFile ? "The file, with its media type: see TransactionFile." : "The body."
            );
        }
    }

    private static string AnswerOf(string operation, JsonElement answer)
    {
        if (!answer.TryGetProperty("content", out var content))
            return "";
        var schema = content.EnumerateObject().First().Value.GetProperty("schema");
        return Types.IsFile(schema) ? "Stream"
            : schema.TryGetProperty("$ref", out _) ? Types.Of(schema)
            : throw new NotSupportedException($"{operation} answers something without a name.");
    }

    private static string NameOf(JsonElement parameter) => parameter.GetProperty("name").GetString()!;
}

/// <summary>An operation; <paramref name="Answer"/> is empty for one that answers nothing.</summary>
internal sealed record Operation(
    string Name,
    string Method,
    string Path,
    string Group,
    string Summary,
    IReadOnlyList<Parameter> Parameters,
    string Answer
)
{
    private static readonly string[] Places = ["path", "body", "query", "header"];

    /// <summary>In the order of the C# method: what must be given comes first.</summary>
    public IEnumerable<Parameter> InOrder =>
        Parameters.OrderByDescending(one => one.IsRequired).ThenBy(one => Array.IndexOf(Places, one.In));

    public string Returns => Answer.Length == 0 ? "Task" : $"Task<{Answer}>";
}

/// <summary>A parameter: <paramref name="In"/> is path, query, header or body.</summary>
internal sealed record Parameter(string Name, string In, string Type, bool IsRequired, string Description)
{
    public string CSharp => Names.Parameter(Name);
}

/// <summary>Names as C# has them.</summary>
internal static class Names
{
    private static readonly string[] Keywords =
    [
        "base",
        "event",
        "object",
        "string",
        "default",
        "params",
        "ref",
        "in",
        "out",
        "is",
        "as",
        "new",
    ];

    public static string Pascal(string text) =>
        string.Concat(text.Split(' ', '-', '_').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));

    public static string Camel(string text) => JsonNamingPolicy.CamelCase.ConvertName(Pascal(text));

    public static string Parameter(string text) => Camel(text) is var name && Keywords.Contains(name) ? $"@{name}" : Camel(text);
}
