namespace CleanPortfolio.PolygonSimulator.Tests.Support;

/// <summary>Folders of the checkout, and the data folder that may lie beside it.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string MarketData => Path.GetFullPath(Path.Combine(Root, "..", "shared", "marketdata"));

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CleanPortfolio.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside a checkout.");
    }
}

/// <summary>Needs the real market data beside the checkout: skipped with a word where they are absent, but run, and so failed, under CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MarketDataFactAttribute : FactAttribute
{
    public MarketDataFactAttribute()
    {
        if (!Directory.Exists(Checkout.MarketData) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "There is no ../shared/marketdata beside the checkout.";
    }
}
