namespace CleanPortfolio.Infrastructure.Tests.Making;

/// <summary>A test on the market data in the folder <c>shared</c> beside the checkout: skipped, and said so, where there is none; never on a build server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Where the data are, or would be.</summary>
    public static string Folder { get; } =
        Path.Combine(Root(new DirectoryInfo(AppContext.BaseDirectory)).Parent!.FullName, "shared", "marketdata");

    /// <summary>Decides whether the test can run.</summary>
    public SharedFactAttribute()
    {
        if (!Runs)
            Skip = "There is no folder 'shared' with market data beside the checkout.";
    }

    /// <summary>On a build server always, so that missing data fail.</summary>
    public static bool Runs => Directory.Exists(Folder) || Environment.GetEnvironmentVariable("CI") == "true";

    private static DirectoryInfo Root(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "CleanPortfolio.sln")) ? folder : Root(folder.Parent!);
}
