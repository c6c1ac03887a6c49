using System.Text.Json;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>What answers told: texts by the names of the fields, and ids together with those that stood beside them.</summary>
internal sealed class Pool(IReadOnlyDictionary<string, string> idNames)
{
    private const int Most = 60;

    private readonly Dictionary<string, List<string>> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Dictionary<string, string>>> families = new(StringComparer.Ordinal);

    /// <summary>ETags that were seen.</summary>
    public List<string> Tags { get; } = ["\"0\""];

    /// <summary>Keeps all that an answer tells.</summary>
    /// <param name="schema">Name of its schema, which says what its id is the id of; null if that is not known.</param>
    /// <param name="json">The answer.</param>
    public void Keep(string? schema, JsonElement json, int depth = 0)
    {
        if (depth > 4)
            return;
        if (json.ValueKind is JsonValueKind.Array)
            foreach (var item in json.EnumerateArray().Take(5))
                Keep(schema, item, depth + 1);
        if (json.ValueKind is not JsonValueKind.Object)
            return;
        var family = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                Keep(member.Name == "items" ? schema : null, member.Value, depth + 1);
            else if (member.Value.ValueKind is JsonValueKind.String)
                family[NameOf(schema, member.Name)] = member.Value.GetString()!;
        }
        foreach (var (name, text) in family)
        {
            Add(texts, name, text);
            if (Guid.TryParse(text, out _))
                Add(families, name, family);
        }
    }

    /// <summary>Keeps one text.</summary>
    public void Keep(string name, string text) => Add(texts, name, text);

    /// <summary>Some text of a name; null if none was told.</summary>
    public string? Text(string name, Dice dice) => texts.TryGetValue(name, out var all) ? dice.One(all) : null;

    /// <summary>Texts that belong together, one of them of this name.</summary>
    public IReadOnlyDictionary<string, string> Family(string name, Dice dice) =>
        families.TryGetValue(name, out var all) ? dice.One(all) : new Dictionary<string, string>(StringComparer.Ordinal);

    private string NameOf(string? schema, string member) =>
        member switch
        {
            "id" => schema is not null && idNames.TryGetValue(schema, out var name) ? name : "id",
            "nextCursor" => "cursor",
            _ => member,
        };

    private static void Add<T>(Dictionary<string, List<T>> all, string name, T value)
    {
        if (!all.TryGetValue(name, out var list))
            all[name] = list = [];
        if (list.Count == Most)
            list.RemoveAt(Most / 3);
        list.Add(value);
    }
}
