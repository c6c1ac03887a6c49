using System.Diagnostics;

namespace CleanPortfolio.PolygonSimulator.Tests.Support;

/// <summary>Needs Node and npm: skipped with a word where they are absent, but run, and so failed, under CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute()
    {
        if (!NodeClients.AreAvailable && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "Node and npm are not on the path.";
    }
}

/// <summary>The provider's own npm clients, installed once below obj, each run by a script of the folder clients.</summary>
internal static class NodeClients
{
    static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(4);
    static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(1);
    static readonly string Source = Path.Combine(Checkout.Root, "tests", "PolygonSimulator.Tests", "clients");
    static readonly string Target = Path.Combine(Checkout.Root, "tests", "PolygonSimulator.Tests", "obj", "clients");
    static readonly Lazy<Task> Installed = new(Install);

    public static bool AreAvailable => OnPath("node") && OnPath("npm");

    public static async Task<string> Run(string script, Uri server)
    {
        await Installed.Value;
        return await Execute("node", RunLimit, script, server.ToString().TrimEnd('/'));
    }

    static async Task Install()
    {
        Directory.CreateDirectory(Target);
        foreach (var file in Directory.EnumerateFiles(Source))
            File.Copy(file, Path.Combine(Target, Path.GetFileName(file)), overwrite: true);
        var (wanted, stamp) = (
            await File.ReadAllTextAsync(Path.Combine(Source, "package-lock.json")),
            Path.Combine(Target, "installed.txt")
        );
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
            return;
        await Execute(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", InstallLimit, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        await File.WriteAllTextAsync(stamp, wanted);
    }

    static async Task<string> Execute(string program, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Target,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The clients would send loopback requests to a proxy too.
        foreach (var name in program == "node" ? ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] : Array.Empty<string>())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        using var timer = new CancellationTokenSource(limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timer.Token);
            var errors = process.StandardError.ReadToEndAsync(timer.Token);
            await process.WaitForExitAsync(timer.Token);
            process.ExitCode.Should().Be(0, "{0} {1} wrote {2}", program, arguments[0], await errors);
            return await output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => new[] { "", ".exe", ".cmd" }.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
}
