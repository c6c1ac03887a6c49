using System.Text.Json;

namespace CleanPortfolio.ClientGenerator;

/// <summary>C# types of schemas.</summary>
internal static class Types
{
    public static string Of(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return reference.GetString()!.Split('/')[^1];
        if (schema.TryGetProperty("oneOf", out var one))
            return Of(one.EnumerateArray().Single());
        return (Text(schema, "type"), Text(schema, "format")) switch
        {
            ("string", "decimal") => "decimal",
            ("string", "uuid") => "Guid",
            ("string", "date") => "DateOnly",
            ("string", "date-time") => "DateTimeOffset",
            ("string", "time") => "TimeOnly",
            ("string", "duration") => "TimeSpan",
            ("string", null or "iso4217" or "uri" or "uri-reference" or "email") => "string",
            ("integer", "int32") => "int",
            ("integer", "int64" or null) => "long",
            ("number", "double" or null) => "double",
            ("boolean", _) => "bool",
            ("array", _) => $"IReadOnlyList<{WithNull(schema.GetProperty("items"))}>",
            ("object", _) when schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind is JsonValueKind.Object =>
                $"IReadOnlyDictionary<string, {WithNull(values)}>",
            ("object", _) or (null, null) when !schema.TryGetProperty("properties", out _) => "JsonElement",
            var other => throw new NotSupportedException($"There is no C# type for {other}: {schema}"),
        };
    }

    public static bool IsFile(JsonElement schema) => Text(schema, "format") is "binary";

    public static bool IsNullable(JsonElement schema) => schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();

    public static string? Text(JsonElement schema, string member) => schema.TryGetProperty(member, out var text) ? text.GetString() : null;

    private static string WithNull(JsonElement schema) => Of(schema) + (IsNullable(schema) ? "?" : "");
}
