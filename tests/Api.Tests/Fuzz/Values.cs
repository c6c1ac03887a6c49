using System.Text.Json;
using System.Text.Json.Nodes;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>Makes bodies by their schemas, and spoils them.</summary>
internal sealed class Values(Schemas schemas, Pool pool, Dice dice)
{
    /// <summary>A value that should do.</summary>
    public JsonNode? Fit(string name, JsonElement schema, int depth = 0)
    {
        if (IsNullable(schema) && dice.Chance(0.1))
            return null;
        var meant = schemas.Meant(schema);
        if (meant.TryGetProperty("enum", out var members))
            return dice.One(members.EnumerateArray().ToList()).GetString();
        var format = meant.TryGetProperty("format", out var named) ? named.GetString() : null;
        return meant.GetProperty("type").GetString() switch
        {
            "object" => Object(meant, depth),
            "array" => new JsonArray([
                .. Enumerable
                    .Range(0, dice.Between(depth > 3 ? 0 : 1, 3))
                    .Select(_ => Fit(Singular(name), meant.GetProperty("items"), depth + 1)),
            ]),
            "boolean" => dice.Chance(0.5),
            "integer" => dice.Between(1, 50),
            "number" => dice.Between(-100, 100) / 1000.0,
            _ => Texts.Fit(name, format, pool, dice),
        };
    }

    /// <summary>The same with some of its parts spoilt.</summary>
    public JsonNode? Spoilt(JsonNode? body, JsonElement schema)
    {
        var parts = Parts(body, schema).ToList();
        for (var times = dice.Chance(0.7) ? 1 : dice.Between(2, 4); times > 0 && parts.Count > 0; times--)
        {
            var (parent, key, format) = dice.One(parts);
            Spoil(parent, key, format);
        }
        return body;
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var made = new JsonObject();
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(one => one.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        // Few at a time: fields that exclude each other seldom meet.
        var eager = dice.One([0.05, 0.3, 0.8]);
        if (schema.TryGetProperty("properties", out var members))
            foreach (var member in members.EnumerateObject())
                if (required.Contains(member.Name) || dice.Chance(eager))
                    made[member.Name] = Fit(member.Name, member.Value, depth + 1);
        if (members.ValueKind is JsonValueKind.Object && dice.Chance(0.9))
            Sense.Bring(made, members, dice, name => Fit(name, Required(members.GetProperty(name)), depth + 1));
        return made;
    }

    private void Spoil(JsonNode parent, object key, string? format)
    {
        JsonNode? value = dice.Below(14) switch
        {
            0 => null,
            1 => new JsonObject(),
            2 => new JsonArray(),
            3 => dice.Chance(0.5),
            4 => dice.One([0, -1, 1, int.MaxValue, long.MinValue]),
            5 => dice.One([1e308, -1e308, 1e-320, 0.1]),
            6 => Deep(dice.Between(5, 70)),
            _ => Texts.Edge(format, dice),
        };
        if (parent is JsonArray array && (int)key < array.Count)
        {
            if (dice.Chance(0.1))
                array.RemoveAt((int)key);
            else if (dice.Chance(0.05))
                for (var count = dice.One([101, 1001]); count > 0; count--)
                    array.Add(array[(int)key]?.DeepClone());
            else
                array[(int)key] = value;
        }
        else if (parent is JsonObject member)
        {
            if (dice.Chance(0.15))
                member.Remove((string)key);
            else if (dice.Chance(0.1))
                member[(string)key + "x"] = value;
            else
                member[(string)key] = value;
        }
    }

    private static JsonArray Deep(int depth)
    {
        var nest = new JsonArray();
        for (; depth > 0; depth--)
            nest = [nest];
        return nest;
    }

    // Every place of a body, those that it left out too.
    private IEnumerable<(JsonNode Parent, object Key, string? Format)> Parts(JsonNode? node, JsonElement schema)
    {
        var meant = schemas.Meant(schema);
        if (node is JsonObject made && meant.TryGetProperty("properties", out var members))
            foreach (var member in members.EnumerateObject())
            {
                yield return (made, member.Name, FormatOf(member.Value));
                foreach (var inner in Parts(made[member.Name], member.Value))
                    yield return inner;
            }
        if (node is JsonArray array && meant.TryGetProperty("items", out var items))
            for (var i = 0; i < array.Count; i++)
            {
                yield return (array, i, FormatOf(items));
                foreach (var inner in Parts(array[i], items))
                    yield return inner;
            }
    }

    public string? FormatOf(JsonElement schema) =>
        schemas.Meant(schema) is var meant && meant.TryGetProperty("format", out var format) ? format.GetString() : null;

    private JsonElement Required(JsonElement schema) =>
        schemas.Meant(schema) is var meant && meant.TryGetProperty("nullable", out _) ? Unnullable(meant) : meant;

    private static JsonElement Unnullable(JsonElement schema)
    {
        var plain = JsonNode.Parse(schema.GetRawText())!.AsObject();
        plain.Remove("nullable");
        return JsonSerializer.SerializeToElement(plain);
    }

    private static bool IsNullable(JsonElement schema) => schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();

    private static string Singular(string name) =>
        name switch
        {
            "voided" => "transactionId",
            "scopes" => name,
            _ => name.EndsWith('s') ? name[..^1] : name,
        };
}
