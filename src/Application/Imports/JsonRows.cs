using System.Runtime.CompilerServices;
using System.Text.Json;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Application.Imports;

/// <summary>A JSON array of flat objects; texts, numbers and null are cells.</summary>
internal static class JsonRows
{
    private static readonly JsonSerializerOptions Options = new() { MaxDepth = 4 };

    public static async IAsyncEnumerable<FileRow> Read(
        Stream file,
        FileLayout layout,
        ISet<string> ignored,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var number = 0;
        await using var rows = JsonSerializer
            .DeserializeAsyncEnumerable<JsonElement>(file, Options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await Next(rows))
            yield return Row(++number, rows.Current, layout, ignored);
    }

    private static async Task<bool> Next(IAsyncEnumerator<JsonElement> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (JsonException e)
        {
            throw FileRows.Refused($"is not a JSON array of objects, near line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
    }

    private static FileRow Row(int number, JsonElement json, FileLayout layout, ISet<string> ignored)
    {
        var cells = new string?[Fields.Count];
        if (json.ValueKind is not JsonValueKind.Object)
            return new FileRow(number, cells, new RowFinding(null, null, "row.shape", "is not an object."));
        try
        {
            return new FileRow(number, cells, Fill(cells, json, layout, ignored));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8: no text holds them.
            return new FileRow(number, cells, new RowFinding(null, null, "row.shape", "holds something that is not Unicode text."));
        }
    }

    private static RowFinding? Fill(string?[] cells, JsonElement json, FileLayout layout, ISet<string> ignored)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in json.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                return Fault(member.Name, "is there twice.");
            if (layout.FieldOf(member.Name) is not { } field)
            {
                FileRows.Ignore(member.Name, ignored);
                continue;
            }
            if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
                return Fault(field.Name(), "must be a text, a number or null.");
            var text = member.Value.ValueKind is JsonValueKind.Number ? member.Value.GetRawText() : member.Value.GetString() ?? "";
            if (text.Length > FileRows.LongestCell)
                return Fault(field.Name(), $"has more than {FileRows.LongestCell} characters.");
            if (text.Length > 0)
                cells[(int)field] = text;
        }
        return null;
    }

    private static RowFinding Fault(string column, string text) => new(column, null, "row.shape", text);
}
