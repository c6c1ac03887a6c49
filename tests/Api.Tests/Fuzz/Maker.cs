using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleanPortfolio.Api.Tests.Contract;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>Makes requests of an operation: such as should do, and such as are a little or very wrong.</summary>
internal sealed class Maker(Values values, Pool pool, Dice dice)
{
    private static readonly string[] Bodies =
    [
        "",
        "null",
        "[]",
        "\"text\"",
        "0",
        "{",
        "{}{}",
        "{\"a\":1,\"a\":2}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "{\"name\":\"\\ud800\"}",
        "{\"name\":1e99999}",
        "{/*comment*/}",
        "{\"__proto__\":{}}",
        "\uFEFF{}",
        "date,kind\r\n\"unclosed",
        "\0\0\0\0",
    ];

    private static readonly string[] MediaTypes =
    [
        "text/plain",
        "application/xml",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "text/csv",
        "nonsense",
        "application/merge-patch+json",
    ];

    private readonly List<string> keys = ["first"];

    public Shot Shot(Operation operation, string caller)
    {
        // How far from what is asked for.
        var wrong = dice.One([0.0, 0.0, 0.0, 0.1, 0.5]);
        var shot = new Shot(operation, caller, Path(operation, wrong) + Query(operation, wrong)) { Headers = Headers(operation, wrong) };
        return WithBody(shot, wrong);
    }

    private string Path(Operation operation, double wrong)
    {
        var names = operation.Parameters.Where(one => one.Text("in") == "path").ToList();
        var family = names.Count > 0 ? pool.Family(names[^1].Text("name")!, dice) : new Dictionary<string, string>(StringComparer.Ordinal);
        return operation.Filled(name =>
        {
            var schema = names.Single(one => one.Text("name") == name).At("schema");
            if (dice.Chance(wrong))
            {
                var edge = Texts.Edge(values.FormatOf(schema), dice);
                // Those would make another path, or none: the server takes no line with a null.
                return edge.Trim().Length > 0 && edge.Trim('.').Length > 0 && edge.Length < 500 && edge.IndexOfAny(['/', '\0']) < 0
                    ? edge
                    : "x";
            }
            if (name == "name")
                return dice.One(["universe", "corrections", "actions", "gapRepair", "dailyPrices"]);
            return family.TryGetValue(name, out var id) && !dice.Chance(0.1) ? id : Texts.Fit(name, values.FormatOf(schema), pool, dice);
        });
    }

    private string Query(Operation operation, double wrong)
    {
        var query = new StringBuilder();
        foreach (var parameter in operation.Parameters.Where(one => one.Text("in") == "query"))
        {
            var (name, schema) = (parameter.Text("name")!, parameter.At("schema"));
            var required = parameter.TryGetProperty("required", out var must) && must.GetBoolean();
            if (!dice.Chance(required ? 1 - wrong / 4 : 0.3))
                continue;
            var text = dice.Chance(wrong) ? Texts.Edge(values.FormatOf(schema), dice) : Plain(values.Fit(name, schema));
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(text.Length > 500 ? text[..500] : text));
            if (dice.Chance(wrong / 10))
                query.Append('&').Append(name).Append("=again");
        }
        if (dice.Chance(wrong / 10))
            query.Append("&unknown=1&%zz=%");
        return query.Length == 0 ? "" : "?" + query.ToString(1, query.Length - 1);
    }

    private List<(string, string)> Headers(Operation operation, double wrong)
    {
        var headers = new List<(string, string)>();
        if (operation.Takes("If-Match"))
        {
            var fit = operation.Method == HttpMethod.Post ? "" : "*";
            var match = dice.Chance(wrong + 0.1)
                ? dice.One(["", "*", "\"0\"", "W/\"1\"", "\"1\", \"2\"", "0", "\"", ",", dice.One(pool.Tags)])
                : fit;
            headers.Add(("If-Match", match));
        }
        if (operation.Takes("If-None-Match") && dice.Chance(0.3))
            headers.Add(("If-None-Match", dice.Chance(0.7) ? dice.One(pool.Tags) : dice.One(["*", "\"0\"", "nonsense", "W/\"a\""])));
        if (operation.Takes("Idempotency-Key") && dice.Chance(0.4))
            headers.Add(("Idempotency-Key", dice.Chance(wrong) ? dice.One([new string('k', 256), "a b", "\t", "a,b", "\"q\""]) : Key()));
        if (dice.Chance(wrong / 4))
            headers.Add(("Accept", dice.One(["text/html", "application/xml", "nonsense", "*/*;q=0", "application/problem+json"])));
        if (dice.Chance(wrong / 10))
            headers.Add(
                dice.One([
                    ("Content-Encoding", "gzip"),
                    ("Expect", "nonsense"),
                    ("Range", "bytes=0-1"),
                    ("X-HTTP-Method-Override", "DELETE"),
                ])
            );
        return headers;
    }

    // Often one that was used before.
    private string Key()
    {
        if (dice.Chance(0.5))
            keys.Add(dice.Guid().ToString());
        return dice.One(keys);
    }

    private Shot WithBody(Shot shot, double wrong)
    {
        if (!shot.Operation.Json.TryGetProperty("requestBody", out var asked))
            return dice.Chance(wrong / 10) ? shot with { Body = "{}"u8.ToArray() } : shot;
        var content = asked.At("content").EnumerateObject().ToList();
        var kind = dice.One(content);
        var schema = kind.Value.GetProperty("schema");
        var (body, media) = (Of(schema, kind.Name, wrong), kind.Name);
        if (dice.Chance(wrong / 4))
            body = Encoding.UTF8.GetBytes(dice.One(Bodies));
        if (dice.Chance(wrong / 20))
            body = [(byte)'"', 0xFF, 0xC0, (byte)'"'];
        if (dice.Chance(wrong / 100))
            body = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024 + 10) + "{}");
        if (dice.Chance(wrong / 8))
            media = dice.One(MediaTypes);
        return shot with { Body = dice.Chance(wrong / 20) ? null : body, MediaType = media };
    }

    private byte[] Of(JsonElement schema, string media, double wrong)
    {
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "binary")
            return Encoding.UTF8.GetBytes(File(media == "text/csv", wrong));
        var body = values.Fit("", schema);
        if (dice.Chance(wrong * 2))
            body = values.Spoilt(body, schema);
        return Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null");
    }

    // Rows of transactions, as the import's words say; the contract knows them as bytes only.
    private string File(bool isCsv, double wrong)
    {
        string[] names = ["date", "kind", "ticker", "quantity", "unitPrice", "amount", "externalId"];
        var rows = Enumerable
            .Range(0, dice.Between(0, 5))
            .Select(_ =>
                new[]
                {
                    Cell("date", "date", wrong),
                    dice.Chance(wrong) ? Texts.Edge(null, dice) : dice.One(["buy", "buy", "sell", "dividend", "fee", "interest"]),
                    Cell("ticker", null, wrong),
                    Cell("quantity", "decimal", wrong),
                    Cell("unitPrice", "decimal", wrong),
                    dice.Chance(0.5) ? "" : Cell("amount", "decimal", wrong),
                    Cell("externalId", null, wrong),
                }
            )
            .ToList();
        return isCsv
            ? string.Join(
                "\r\n",
                rows.Prepend(names)
                    .Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))
            )
            : new JsonArray([
                .. rows.Select(row => new JsonObject(
                    names.Zip(row).Select(cell => KeyValuePair.Create<string, JsonNode?>(cell.First, cell.Second))
                )),
            ]).ToJsonString();
    }

    private string Cell(string name, string? format, double wrong) =>
        dice.Chance(wrong / 3) ? Texts.Edge(format, dice) : Texts.Fit(name, format, pool, dice);

    private static string Plain(JsonNode? value) =>
        value is JsonValue one && one.TryGetValue<string>(out var text) ? text : value?.ToJsonString() ?? "";
}
