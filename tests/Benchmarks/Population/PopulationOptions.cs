namespace CleanPortfolio.Benchmarks.Population;

/// <summary>What to populate.</summary>
/// <param name="Data">Folder of the market; null makes one up.</param>
/// <param name="Fast">A small made-up market, for a build server.</param>
internal sealed record PopulationOptions(string? Data, bool Fast)
{
    public const string Usage = "Usage: population [--data FOLDER] [--fast]";

    public static PopulationOptions? Parse(string[] arguments) =>
        arguments switch
        {
            [] => new PopulationOptions(SharedData(), Fast: false),
            ["--fast"] => new PopulationOptions(Data: null, Fast: true),
            ["--data", var folder] => new PopulationOptions(Path.GetFullPath(folder), Fast: false),
            _ => null,
        };

    // The folder beside the checkout, if it is there.
    private static string? SharedData()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CleanPortfolio.sln")))
            root = root.Parent;
        var folder = root?.Parent is { } beside ? Path.Combine(beside.FullName, "shared", "marketdata") : null;
        return Directory.Exists(folder) ? folder : null;
    }
}
