using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>The schemas of the contract: to make values of, and to hold answers against.</summary>
internal sealed partial class Schemas
{
    private const string Components = "#/components/schemas/";

    private readonly JsonElement components;
    private readonly JsonSchema all;
    private readonly JsonSchemaValidatorSettings settings = new();

    private Schemas(JsonElement components, JsonSchema all)
    {
        (this.components, this.all) = (components, all);
        settings.AddCustomFormatValidator(new Form("decimal", Decimal()));
        settings.AddCustomFormatValidator(new Form("iso4217", Currency()));
        settings.AddCustomFormatValidator(new Form("instant", Instant()));
        settings.AddCustomFormatValidator(new Form("day", Day()));
    }

    public static async Task<Schemas> Of(JsonElement contract)
    {
        var told = contract.GetProperty("components").GetProperty("schemas");
        var definitions = JsonNode.Parse(told.GetRawText())!.AsObject();
        Standardise(definitions);
        var text = new JsonObject { ["definitions"] = definitions }.ToJsonString();
        return new Schemas(told, await JsonSchema.FromJsonAsync(text));
    }

    /// <summary>The schema that is meant: references and single alternatives are followed.</summary>
    public JsonElement Meant(JsonElement schema)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                schema = components.GetProperty(NameOf(reference.GetString()!));
            else if (schema.TryGetProperty("oneOf", out var one) && one.GetArrayLength() == 1)
                schema = one[0];
            else
                return schema;
        }
    }

    /// <summary>Name of the schema that is referred to; null for an inline one.</summary>
    public static string? NameOf(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? NameOf(reference.GetString()!) : null;

    /// <summary>What is wrong with an answer; empty for one that is as its schema says.</summary>
    public IEnumerable<string> Faults(string name, string json) =>
        all.Definitions[name]
            .Validate(json, SchemaType.JsonSchema, settings)
            .SelectMany(Flat)
            .Select(error => $"{error.Kind} at {error.Path}");

    private static IEnumerable<ValidationError> Flat(ValidationError error) =>
        error is ChildSchemaValidationError children ? children.Errors.Values.SelectMany(inner => inner).SelectMany(Flat) : [error];

    private static string NameOf(string reference) => reference[Components.Length..];

    // OpenAPI 3.0 has words of its own for what may be null; and the formats of dates are to be taken at their word.
    private static void Standardise(JsonNode? node)
    {
        if (node is JsonArray array)
            array.ToList().ForEach(Standardise);
        if (node is not JsonObject schema)
            return;
        foreach (var (_, inner) in schema.ToList())
            Standardise(inner);
        if (schema["$ref"] is JsonValue reference)
            schema["$ref"] = "#/definitions/" + NameOf(reference.GetValue<string>());
        if (schema["format"] is JsonValue format)
            schema["format"] = format.GetValue<string>() switch
            {
                "date-time" => "instant",
                "date" => "day",
                var other => other,
            };
        if (schema["nullable"] is not JsonValue nullable || !nullable.GetValueKind().Equals(JsonValueKind.True))
            return;
        schema.Remove("nullable");
        if (schema["oneOf"] is JsonArray alternatives)
            alternatives.Add(new JsonObject { ["type"] = "null" });
        else if (schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
    }

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Decimal();

    [GeneratedRegex("^[A-Z]{3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Currency();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Day();

    private sealed class Form(string format, Regex pattern) : IFormatValidator
    {
        public string Format => format;

        public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.PatternMismatch;

        public bool IsValid(string value, Newtonsoft.Json.Linq.JTokenType tokenType) => pattern.IsMatch(value);
    }
}
