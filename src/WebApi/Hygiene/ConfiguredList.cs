namespace CleanPortfolio.WebApi.Hygiene;

/// <summary>Lists in the configuration: an array, or one text with commas, which an environment variable can hold.</summary>
internal static class ConfiguredList
{
    public static IReadOnlyList<string> Of(IConfiguration configuration, string key) =>
        [
            .. configuration
                .GetSection(key)
                .GetChildren()
                .Select(child => child.Value)
                .Append(configuration[key])
                .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
}
