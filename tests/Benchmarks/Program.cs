using System.Globalization;
using BenchmarkDotNet.Running;
using CleanPortfolio.Benchmarks.Population;

namespace CleanPortfolio.Benchmarks;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["returns"])
            return await Returns.ReturnsRun.Run();
        if (arguments is ["overload"])
            return await Overload.OverloadRun.Run();
        if (arguments is not ["population", .. var rest])
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
            return 0;
        }
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (PopulationOptions.Parse(rest) is { } options)
            return await PopulationRun.Of(options);
        await Console.Error.WriteLineAsync(PopulationOptions.Usage);
        return 2;
    }
}
