using System.Diagnostics;

namespace CleanPortfolio.Api.Tests.Client;

/// <summary>A test that runs Node: skipped where there is none, never on a build server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Node.Path("node") is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "Node is not installed: the TypeScript client is not tried.";
    }
}

/// <summary>Runs programs of Node.</summary>
internal static class Node
{
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? [".cmd", ".exe"] : [""];

    /// <summary>Where a program is found in PATH, if it is.</summary>
    public static string? Path(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Endings.Select(ending => System.IO.Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);

    /// <summary>What a program writes; it must end well within three minutes.</summary>
    public static Task<string> Run(string folder, string program, params string[] arguments) =>
        Run(folder, new Dictionary<string, string>(StringComparer.Ordinal), program, arguments);

    /// <summary>The same, with variables of the environment.</summary>
    public static async Task<string> Run(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string program,
        params string[] arguments
    )
    {
        var path = Path(program) ?? throw new FileNotFoundException($"{program} is not in PATH.");
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            process.ExitCode.Should().Be(0, "{0} {1} says {2}{3}", program, string.Join(' ', arguments), await output, await errors);
            return await output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
