using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleanPortfolio.PolygonSimulator.Http;

/// <summary>The JSON of keys, faults and observed calls: camelCase, enums by name, misspelt members refused.</summary>
internal static class Settings
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };
}
