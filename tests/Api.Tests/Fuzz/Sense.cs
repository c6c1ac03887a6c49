using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>What fields have to do with each other, which no schema tells: without it hardly any entry of a ledger would be accepted.</summary>
internal static class Sense
{
    private static readonly string[] Always = ["kind", "date", "note", "externalId"];
    private static readonly string[] Symbols = ["AAA", "BBB", "CCC"];

    private static readonly Dictionary<string, string[]> OfKind = new(StringComparer.Ordinal)
    {
        ["buy"] = ["stockId", "symbol", "quantity", "unitPrice", "fee"],
        ["sell"] = ["stockId", "symbol", "quantity", "unitPrice", "tax"],
        ["dividend"] = ["stockId", "symbol", "amount", "tax"],
        ["transferIn"] = ["stockId", "symbol", "quantity", "unitPrice"],
        ["transferOut"] = ["stockId", "symbol", "quantity"],
        ["spinOff"] = ["stockId", "symbol", "intoStockId", "intoSymbol", "intoQuantity", "costShare"],
        ["merger"] = ["stockId", "symbol", "intoStockId", "intoSymbol", "intoQuantity", "amount"],
    };

    /// <summary>Brings an object of a schema to sense, as far as this knows it.</summary>
    public static void Bring(JsonObject made, JsonElement members, Dice dice, Func<string, JsonNode?> fit)
    {
        if (Has("kind") && Has("quantity"))
            Entry(
                made,
                members,
                fit,
                dice.One([
                    "buy",
                    "buy",
                    "buy",
                    "sell",
                    "dividend",
                    "fee",
                    "deposit",
                    dice.One([.. OfKind.Keys, "tax", "interest", "withdrawal"]),
                ])
            );
        if (Has("customerId") && Has("flowTiming"))
            One(made, dice.One(["customerId", "portfolioId"]), ["customerId", "portfolioId"], fit);
        if (Has("dividendIds") && Has("all"))
            (made["all"], _, _) = (true, made.Remove("dividendIds"), made.Remove("taxes"));
        if (Has("symbol") && Has("closes"))
            (_, _) = (made.Remove("currency"), made.Remove("splits"));
        if (made["stocks"] is JsonArray stocks)
            for (var i = 0; i < stocks.Count; i++)
                stocks[i]!["symbol"] = Symbols[i % Symbols.Length];
        if (Text(made, "from") is { } from && Text(made, "to") is { } to && string.CompareOrdinal(from, to) > 0)
            (made["from"], made["to"]) = (to, from);
        if (Has("base") && Has("quote"))
            (made["base"], made["quote"]) = ("EUR", "USD");
        foreach (var list in new[] { "closes", "flows", "dividends" })
            if (made[list] is JsonArray dated)
                Apart(dated);

        bool Has(string name) => members.TryGetProperty(name, out _);
    }

    private static void Entry(JsonObject made, JsonElement members, Func<string, JsonNode?> fit, string kind)
    {
        var wanted = OfKind.TryGetValue(kind, out var fields) ? fields : ["amount"];
        foreach (var name in made.Select(member => member.Key).Except(Always.Concat(wanted)).ToList())
            made.Remove(name);
        foreach (var name in wanted.Where(name => members.TryGetProperty(name, out _)))
            made[name] = name == "costShare" ? "0.25" : fit(name);
        made["kind"] = kind;
    }

    private static void One(JsonObject made, string kept, string[] of, Func<string, JsonNode?> fit)
    {
        foreach (var name in of.Where(name => name != kept))
            made.Remove(name);
        made[kept] = fit(kept);
    }

    // On a day each, in order.
    private static void Apart(JsonArray dated)
    {
        for (var i = 0; i < dated.Count; i++)
            if (dated[i] is JsonObject one)
                one[one.ContainsKey("exDate") ? "exDate" : "date"] = new DateOnly(2025, 3, 3)
                    .AddDays(7 * i)
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string? Text(JsonObject made, string name) =>
        made[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
