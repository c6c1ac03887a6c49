namespace CleanPortfolio.WebApi.Hygiene;

/// <summary>
/// Secrets that are files, as containers have them: every setting of a section may be given as <c>{Name}_FILE</c>, the path of a file that
/// holds its value, and <c>Secrets:Folder</c> names a folder of files that are called like settings, <c>Polygon__ApiKey</c>. They win.
/// </summary>
internal static class SecretFiles
{
    private const string Suffix = "_FILE";
    private const string Folder = "Secrets:Folder";

    public static void Read(ConfigurationManager configuration)
    {
        if (configuration[Folder] is { Length: > 0 } folder)
        {
            if (!Directory.Exists(folder))
                throw new Settings.Unusable($"{Folder} is {folder}, which is no folder.");
            configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false);
        }
        // Only settings of a section: other programs' variables end so too.
        var named = configuration
            .AsEnumerable()
            .Where(setting => setting.Key.Contains(':', StringComparison.Ordinal))
            .Where(setting => setting.Key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(setting.Value))
            .Select(setting => KeyValuePair.Create(setting.Key[..^Suffix.Length], ContentOf(setting.Key, setting.Value!)))
            .ToList();
        configuration.AddInMemoryCollection(named);
    }

    private static string? ContentOf(string key, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Settings.Unusable($"{key} is {path}, which can't be read.", e);
        }
    }
}
