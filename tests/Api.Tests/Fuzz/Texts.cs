using System.Globalization;

namespace CleanPortfolio.Api.Tests.Fuzz;

/// <summary>Texts that are fit for a field of a name and a format, and such as are at the edge of it or beyond.</summary>
internal static class Texts
{
    private static readonly string[] Edges =
    [
        "",
        " ",
        "a",
        "0",
        "null",
        "true",
        "*",
        "%",
        "_",
        "../..",
        "a/b",
        "'; drop table customers; --",
        "<script>alert(1)</script>",
        "${jndi:ldap://x}",
        "{0}",
        "%00",
        "a\0b",
        "\u0001",
        "line\r\nX-Header: y",
        "\uFEFFbom",
        "é",
        "e\u0301",
        "İıſK",
        "🧾💶",
        "\u202Eevil",
        "\u200B",
        "ﷺ",
        "٣",
        "a,b;c|d\te",
        "=1+1",
        new('x', 100),
        new('x', 101),
        new('x', 200),
        new('x', 201),
        new('ß', 254),
        new('x', 1025),
        string.Concat(Enumerable.Repeat("👩‍👩‍👧", 100)),
    ];

    private static readonly string[] Dates =
    [
        "0001-01-01",
        "1899-12-31",
        "1970-01-01",
        "2003-01-01",
        "2024-02-29",
        "2025-03-04",
        "2025-03-09",
        "2026-12-31",
        "2100-01-01",
        "9999-12-31",
        "2025-02-29",
        "2025-13-01",
        "2025-1-1",
        "20250101",
        "10000-01-01",
        "2025-03-04T00:00:00Z",
        "-0001-01-01",
    ];

    private static readonly string[] Numbers =
    [
        "0",
        "-0",
        "1",
        "-1",
        "0.0000000001",
        "0.0000000000000000000000000001",
        "9999999999999999999999999999",
        "99999999999999999",
        "79228162514264337593543950335",
        "79228162514264337593543950336",
        "-79228162514264337593543950335",
        "1.0000000000000000000000000000",
        "1e5",
        "1E-400",
        "Infinity",
        "NaN",
        "0x10",
        "1,5",
        "1_000",
        "+1",
        ".5",
        "5.",
        "00.1",
        " 1",
        "",
        "٣",
    ];

    private static readonly string[] Whole =
    [
        "0",
        "-1",
        "1",
        "2",
        "500",
        "501",
        "2147483647",
        "2147483648",
        "-2147483649",
        "1e400",
        "1.5",
        "",
        " 1",
        "x",
    ];

    private static readonly string[] Moments =
    [
        "2026-06-30T00:00:00Z",
        "2026-06-30T00:00:00.123456789Z",
        "2026-06-30T00:00:00+14:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "2026-06-30",
        "2026-06-30T25:00:00Z",
        "1782777600",
    ];

    private static readonly string[] Guids =
    [
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "{00000000-0000-0000-0000-000000000000}",
        "00000000000000000000000000000000",
        "no-id",
        "",
        "1",
    ];

    private static readonly string[] Currencies = ["usd", "XXX", "ZZZ", "US", "USDT", "JPY", "BTC", "", "€"];

    /// <summary>A text that should do.</summary>
    public static string Fit(string name, string? format, Pool pool, Dice dice) =>
        format switch
        {
            "uuid" => pool.Text(name, dice) ?? dice.Guid().ToString(),
            "date" => Date(dice),
            "date-time" => "2026-06-30T12:00:00Z",
            "decimal" => Decimal(dice),
            "iso4217" => dice.One(["USD", "USD", "USD", "EUR", "GBP", "JPY"]),
            _ => Named(name, pool, dice),
        };

    /// <summary>A text at the edge or beyond.</summary>
    public static string Edge(string? format, Dice dice) =>
        dice.Chance(0.2)
            ? dice.One(Edges)
            : format switch
            {
                "uuid" => dice.Chance(0.4) ? dice.Guid().ToString() : dice.One(Guids),
                "date" => dice.One(Dates),
                "date-time" => dice.One(Moments),
                "decimal" or "double" => dice.One(Numbers),
                "int32" or "int64" => dice.One(Whole),
                "iso4217" => dice.One(Currencies),
                _ => dice.One(Edges),
            };

    private static string Date(Dice dice) =>
        new DateOnly(2025, 3, 3)
            .AddDays(dice.Chance(0.7) ? dice.Below(29) : dice.Below(440))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Decimal(Dice dice) =>
        dice.Chance(0.5)
            ? dice.Between(1, 20).ToString(CultureInfo.InvariantCulture)
            : (dice.Between(1, 100_000) / 1000m).ToString(CultureInfo.InvariantCulture);

    private static string Named(string name, Pool pool, Dice dice) =>
        name switch
        {
            "email" when dice.Chance(0.7) => $"{dice.Guid():N}@example.com",
            "password" or "currentPassword" => "korrekte Pferde im Stapel",
            "scopes" => dice.One(["portfolios:read", "portfolios:write", "market:read", "market:operate"]),
            "base" or "quote" or "from" or "to" => dice.One(["USD", "EUR", "GBP"]),
            "symbol" or "benchmark" or "intoSymbol" => dice.One(["AAA", "BBB"]),
            "reason" or "note" or "search" => dice.One(["Ada", "seen on the tape", "told"]),
            "dateFormat" => dice.One(["yyyy-MM-dd", "MM/dd/yyyy", "d.M.yyyy"]),
            "decimalSeparator" => dice.One([".", ","]),
            "delimiter" => dice.One([",", ";", "|", "tab"]),
            "columns" => dice.One(["date=Trade Date,kind=Action", "note=Comment"]),
            "kinds" => "BUY=buy,DIV=dividend",
            "name" or "source" or "externalId" => $"{name} {dice.Below(1_000_000)}",
            _ => pool.Text(name, dice) ?? pool.Text("ticker", dice) ?? "KO",
        };
}
