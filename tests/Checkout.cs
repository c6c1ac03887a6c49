using Xunit;

namespace CleanPortfolio.Testing;

/// <summary>Folders of the checkout, and of the market data that may lie beside it. Linked into each test project that reads them.</summary>
internal static class Checkout
{
    /// <summary>Where the solution is.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Where the market data are, or would be.</summary>
    public static string MarketData { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "marketdata"));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("The tests do not run inside a checkout.")
        : File.Exists(Path.Combine(folder.FullName, "CleanPortfolio.sln")) ? folder.FullName
        : Find(folder.Parent);
}

/// <summary>A test on the market data beside the checkout: skipped, and said so, where there are none; run, and so failed, on a build server.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MarketDataFactAttribute : FactAttribute
{
    public MarketDataFactAttribute()
    {
        if (!Runs)
            Skip = "There is no folder 'shared' with market data beside the checkout.";
    }

    /// <summary>On a build server always, so that missing data fail.</summary>
    public static bool Runs => Directory.Exists(Checkout.MarketData) || Environment.GetEnvironmentVariable("CI") == "true";
}

/// <summary>As <see cref="MarketDataFactAttribute"/>, of several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MarketDataTheoryAttribute : TheoryAttribute
{
    public MarketDataTheoryAttribute()
    {
        if (!MarketDataFactAttribute.Runs)
            Skip = "There is no folder 'shared' with market data beside the checkout.";
    }
}
