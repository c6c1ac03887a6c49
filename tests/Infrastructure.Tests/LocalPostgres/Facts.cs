namespace CleanPortfolio.Infrastructure.Tests.LocalPostgres;

/// <summary>A test that uses shell scripts or /proc.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null! : "Needs Linux.";
}

internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null! : "Needs root on Linux.";
}

/// <summary>Skipped, and said so, on a laptop without npm; under CI=true it runs, and fails without npm.</summary>
internal sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute()
    {
        var name = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (
            Environment.GetEnvironmentVariable("CI") != "true"
            && !path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)))
        )
            Skip = "Needs npm on the PATH.";
    }
}
