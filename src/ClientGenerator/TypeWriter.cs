using System.Text.Json;

namespace CleanPortfolio.ClientGenerator;

/// <summary>Writes a record or an enumeration for each schema.</summary>
internal static class TypeWriter
{
    public static string Write(Contract contract)
    {
        var source = new Source("System", "System.Collections.Generic", "System.Text.Json", "System.Text.Json.Serialization");
        foreach (var schema in contract.Schemas)
            if (schema.Value.TryGetProperty("enum", out var values))
                WriteEnum(source, schema, values);
            else
                WriteRecord(source, schema, contract);
        return source.ToString();
    }

    private static void WriteEnum(Source source, JsonProperty schema, JsonElement values)
    {
        source.Summary(Words(schema.Value)).Line($"public enum {schema.Name}").Line("{");
        source.Summary("One that this version of the client does not know: it is never sent.", Indent).Line($"{Indent}Unknown,");
        var names = schema.Value.GetProperty("x-enumNames").EnumerateArray().Select(name => name.GetString()!).ToList();
        foreach (var (name, value) in names.Zip(values.EnumerateArray().Select(value => value.GetString()!)))
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(name) != value)
                throw new NotSupportedException($"{schema.Name}.{name} is not {value} in camel case.");
            source.Summary($"`{value}`", Indent).Line($"{Indent}{name},");
        }
        source.Line("}");
    }

    private static void WriteRecord(Source source, JsonProperty schema, Contract contract)
    {
        var required = schema.Value.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        var properties = schema.Value.TryGetProperty("properties", out var all) ? [.. all.EnumerateObject()] : new List<JsonProperty>();
        source
            .Summary(Words(schema.Value))
            .Line($"public sealed record {schema.Name}{(contract.Items.TryGetValue(schema.Name, out var item) ? $" : IPage<{item}>" : "")}")
            .Line("{");
        foreach (var property in properties)
            WriteProperty(source, property, required.Contains(property.Name));
        if (properties.Any(property => property.Name == "version"))
            source
                .Summary("The version as If-Match wants it.", Indent)
                .Line($"{Indent}[JsonIgnore]")
                .Line($"{Indent}public string ETag => $\"\\\"{{Version}}\\\"\";");
        source.Line("}");
    }

    private static void WriteProperty(Source source, JsonProperty property, bool isRequired)
    {
        var words = Words(property.Value);
        if (property.Value.TryGetProperty("default", out var value))
            words += $" Default: {value}.";
        source.Summary(words, Indent).Line($"{Indent}[JsonPropertyName(\"{property.Name}\")]");
        var isNullable = !isRequired || Types.IsNullable(property.Value);
        // What is required must be there, even as null; what may be left out is left out.
        if (isRequired && isNullable)
            source.Line($"{Indent}[JsonIgnore(Condition = JsonIgnoreCondition.Never)]");
        var modifier = isRequired ? "required " : "";
        source.Line(
            $"{Indent}public {modifier}{Types.Of(property.Value)}{(isNullable ? "?" : "")} {Names.Pascal(property.Name)} {{ get; init; }}"
        );
    }

    private static string Words(JsonElement schema) => Types.Text(schema, "description") ?? "";

    private const string Indent = "    ";
}
