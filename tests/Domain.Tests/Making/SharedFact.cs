namespace CleanPortfolio.Domain.Tests.Making;

/// <summary>A test that reads the folder <c>shared</c> beside the checkout: skipped where there is none, never on a build server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (!Directory.Exists(Folder) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "There is no folder 'shared' beside the checkout.";
    }

    /// <summary>Where the folder is, or would be.</summary>
    public static string Folder { get; } = Path.Combine(Root(new DirectoryInfo(AppContext.BaseDirectory)).Parent!.FullName, "shared");

    private static DirectoryInfo Root(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "CleanPortfolio.sln")) ? folder : Root(folder.Parent!);
}
