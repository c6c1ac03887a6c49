using System.Reflection;
using System.Text.Json;

namespace CleanPortfolio.Client.Tests;

/// <summary>How types are told: of a schema, and of a member, in the same words.</summary>
internal static class CSharp
{
    private static readonly Dictionary<Type, string> Short = new()
    {
        [typeof(string)] = "string",
        [typeof(decimal)] = "string:decimal",
        [typeof(Guid)] = "string:uuid",
        [typeof(DateOnly)] = "string:date",
        [typeof(DateTimeOffset)] = "string:date-time",
        [typeof(TimeOnly)] = "string:time",
        [typeof(TimeSpan)] = "string:duration",
        [typeof(int)] = "integer:int32",
        [typeof(long)] = "integer:int64",
        [typeof(double)] = "number:double",
        [typeof(bool)] = "boolean",
        [typeof(JsonElement)] = "object",
        [typeof(HttpContent)] = "file",
        [typeof(Stream)] = "file",
    };

    public static string Of(JsonElement schema)
    {
        if (schema.Say("$ref") is { } reference)
            return reference.Split('/')[^1];
        if (schema.TryGetProperty("oneOf", out var one))
            return Of(one[0]);
        if (schema.Say("format") is "binary")
            return "file";
        return (schema.Say("type"), schema.Say("format")) switch
        {
            ("array", _) => $"{Of(schema.GetProperty("items"))}[]",
            ("object", _) when schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind is JsonValueKind.Object =>
                $"{{{Of(values)}}}",
            ("string", null or "iso4217" or "uri" or "uri-reference" or "email") => "string",
            ("object", _) or (null, _) => "object",
            // As large as may be.
            ("integer", null) => "integer:int64",
            (var type, null) => type!,
            var (type, format) => $"{type}:{format}",
        };
    }

    public static string Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return Short.GetValueOrDefault(plain)
            ?? (
                plain is { IsGenericType: true, GenericTypeArguments: [var item] }
                && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                    ? $"{Of(item)}[]"
                : plain is { IsGenericType: true, GenericTypeArguments: [_, var value] } ? $"{{{Of(value)}}}"
                : plain.Name
            );
    }

    public static bool IsNullable(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).ReadState is NullabilityState.Nullable;

    public static bool IsNullable(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).ReadState is NullabilityState.Nullable;
}
