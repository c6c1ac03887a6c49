using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.MarketData;

namespace CleanPortfolio.Application.MarketData;

/// <summary>A session's values as the JSON that a quarantined row keeps.</summary>
internal static class BarContent
{
    public static string Write(DailyValues values) =>
        JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["open"] = Text(values.Open),
                ["high"] = Text(values.High),
                ["low"] = Text(values.Low),
                ["close"] = Text(values.Close),
                ["volume"] = Text(values.Volume),
            }
        );

    /// <summary>The values; null when one of them is no number.</summary>
    public static DailyValues? Read(string content)
    {
        using var json = JsonDocument.Parse(content);
        return
            Number(json, "open") is { } open
            && Number(json, "high") is { } high
            && Number(json, "low") is { } low
            && Number(json, "close") is { } close
            && Number(json, "volume") is { } volume
            ? new DailyValues(open, high, low, close, volume)
            : null;
    }

    /// <summary>A text of it; null when it has none.</summary>
    public static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number of it; null when it has none.</summary>
    public static decimal? Number(JsonDocument json, string name) =>
        decimal.TryParse(Text(json, name), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? Exact.Trim(number)
            : null;

    private static string Text(decimal value) => Exact.Trim(value).ToString(CultureInfo.InvariantCulture);
}
