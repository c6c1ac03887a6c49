using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace CleanPortfolio.Client.Tests;

/// <summary>Compares what the client has with what a contract says, in both directions, by reflection: it knows nothing of how it was made.</summary>
internal static class Comparison
{
    // A handler sends it, see CleanPortfolioOptions.RememberedAnswers.
    private static readonly string[] HandlersOwn = ["header If-None-Match"];

    private static readonly Assembly Client = typeof(CleanPortfolioClient).Assembly;

    private static IEnumerable<MethodInfo> Methods =>
        Client
            .GetExportedTypes()
            .Where(type => type.IsInterface)
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<HttpMethodAttribute>() is not null);

    public static IEnumerable<string> Differences(JsonElement contract) =>
        Differences(
                Contract.Operations(contract).ToDictionary(one => one.Json.Say("operationId")!, Describe),
                Methods.ToDictionary(method => method.Name, Describe)
            )
            .Concat(
                Differences(
                    contract
                        .GetProperty("components")
                        .GetProperty("schemas")
                        .EnumerateObject()
                        .ToDictionary(one => one.Name, DescribeSchema),
                    Client.GetExportedTypes().Where(IsData).ToDictionary(type => type.Name, Describe)
                )
            );

    private static IEnumerable<string> Differences(Dictionary<string, List<string>> told, Dictionary<string, List<string>> found) =>
        told
            .Keys.Union(found.Keys)
            .SelectMany(name =>
            {
                var (one, other) = (told.GetValueOrDefault(name), found.GetValueOrDefault(name));
                return one is null ? [$"{name}: only the client has it"]
                    : other is null ? [$"{name}: the client lacks it"]
                    : one.Except(other)
                        .Select(line => $"{name}: the client lacks {line}")
                        .Concat(other.Except(one).Select(line => $"{name}: only the client has {line}"));
            });

    private static List<string> Describe((string Method, string Path, JsonElement Json) operation) =>
        [
            $"{operation.Method.ToUpperInvariant()} {operation.Path}",
            .. operation
                .Json.Each("parameters")
                .Select(one => (Name: $"{one.Say("in")} {one.Say("name")}", Json: one))
                .Where(one => !HandlersOwn.Contains(one.Name))
                .Select(one => $"{one.Name} {CSharp.Of(one.Json.GetProperty("schema"))}{(one.Json.Is("required") ? "" : "?")}"),
            .. operation.Json.TryGetProperty("requestBody", out var body)
                ? [$"body {CSharp.Of(SchemaIn(body)!.Value)}"]
                : Array.Empty<string>(),
            .. operation
                .Json.GetProperty("responses")
                .EnumerateObject()
                .Where(answer => answer.Name[0] == '2')
                .Select(answer => $"answers {(SchemaIn(answer.Value) is { } schema ? CSharp.Of(schema) : "nothing")}")
                .Distinct(),
        ];

    private static List<string> Describe(MethodInfo method)
    {
        var http = method.GetCustomAttribute<HttpMethodAttribute>()!;
        var answer = method.ReturnType.GenericTypeArguments is [var type] ? CSharp.Of(type) : "nothing";
        return
        [
            $"{http.Method} {http.Path}",
            .. method.GetParameters().Where(one => one.ParameterType != typeof(CancellationToken)).Select(one => Describe(one, http.Path)),
            $"answers {answer}",
        ];
    }

    private static string Describe(ParameterInfo parameter, string path)
    {
        var type = CSharp.Of(parameter.ParameterType);
        if (parameter.GetCustomAttribute<BodyAttribute>() is not null)
            return $"body {type}";
        var name = parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name!;
        var place =
            parameter.GetCustomAttribute<HeaderAttribute>() is { } header ? $"header {header.Header}"
            : path.Contains($"{{{name}}}", StringComparison.Ordinal) ? $"path {name}"
            : $"query {name}";
        return $"{place} {type}{(CSharp.IsNullable(parameter) ? "?" : "")}";
    }

    private static List<string> DescribeSchema(JsonProperty schema)
    {
        if (schema.Value.TryGetProperty("enum", out var members))
            return [.. members.EnumerateArray().Select(member => member.GetString()!)];
        var required = schema.Value.Each("required").Select(name => name.GetString()!).ToHashSet();
        return !schema.Value.TryGetProperty("properties", out var properties)
            ? []
            :
            [
                .. properties
                    .EnumerateObject()
                    .Select(one =>
                        $"{(required.Contains(one.Name) ? "required " : "")}{one.Name} {CSharp.Of(one.Value)}"
                        + (required.Contains(one.Name) && !one.Value.Is("nullable") ? "" : "?")
                    ),
            ];
    }

    private static List<string> Describe(Type type) =>
        type.IsEnum
            ? [.. Enum.GetNames(type).Where(name => name != "Unknown").Select(JsonNamingPolicy.CamelCase.ConvertName)]
            :
            [
                .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.GetCustomAttribute<JsonPropertyNameAttribute>() is not null)
                    .Select(property =>
                        $"{(property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ")}"
                        + $"{property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name} {CSharp.Of(property.PropertyType)}"
                        + (CSharp.IsNullable(property) ? "?" : "")
                    ),
            ];

    private static bool IsData(Type type) =>
        type.IsEnum || (type.IsSealed && type.GetMethod("<Clone>$") is not null && type != typeof(CleanPortfolioOptions));

    private static JsonElement? SchemaIn(JsonElement holder) =>
        holder.TryGetProperty("content", out var content) ? content.EnumerateObject().First().Value.GetProperty("schema") : null;
}
