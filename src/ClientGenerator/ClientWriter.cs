namespace CleanPortfolio.ClientGenerator;

/// <summary>Writes the class that has all interfaces, and their registration.</summary>
internal static class ClientWriter
{
    public static string Write(Contract contract)
    {
        var groups = contract.Operations.Select(operation => operation.Group).Distinct(StringComparer.Ordinal).ToList();
        var source = new Source("System", "Microsoft.Extensions.DependencyInjection");
        source.Line().Line("public sealed partial class CleanPortfolioClient").Line("{");
        foreach (var group in groups)
            source.Summary($"The operations under {group}.", "    ").Line($"    public I{group}Api {group} => Of<I{group}Api>();");
        source.Line("}").Line().Line("public static partial class Setup").Line("{");
        source.Line("    private static void AddInterfaces(IServiceCollection services)").Line("    {");
        foreach (var group in groups)
            source.Line($"        services.AddTransient(provider => provider.GetRequiredService<CleanPortfolioClient>().{group});");
        return source.Line("    }").Line("}").ToString();
    }
}
