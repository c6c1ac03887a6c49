using System.Text.Json;

namespace CleanPortfolio.PolygonSimulator.Tests.Support;

internal static class JsonReading
{
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static decimal Number(this JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    public static long Time(this JsonElement json) => json.GetProperty("t").GetInt64();

    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);

    /// <summary>The New York date of a bar that starts at midnight there, found without the simulator's own table.</summary>
    public static DateOnly Day(this JsonElement json)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(json.Time()), zone).DateTime);
    }
}
