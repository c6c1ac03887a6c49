using System.Runtime.InteropServices;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>The user that the server runs as: the caller, or, since PostgreSQL refuses root, an ordinary stand-in for root.</summary>
/// <param name="StandIn">Null when the caller can run it.</param>
internal sealed record ServerAccount(string? StandIn)
{
    private static readonly TimeSpan ChownLimit = TimeSpan.FromSeconds(60);

    public static ServerAccount Choose()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new ServerAccount(StandIn: null);
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return new[] { "postgres", "nobody" }.FirstOrDefault(users.Contains) is { } name
            ? new ServerAccount(name)
            : throw new LocalPostgresUnavailable(
                "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as: add one, or start this app as an ordinary user."
            );
    }

    /// <summary>Hands a folder over with all it holds; links themselves, never what they point at.</summary>
    public async Task Own(string folder, CancellationToken cancellation)
    {
        if (StandIn is not null)
            await Command.Run("chown", ["-R", "-h", StandIn, folder], ChownLimit, account: null, cancellation);
    }

    /// <summary>The part of <paramref name="path" /> that keeps the stand-in out, or null.</summary>
    public string? Barrier(string path)
    {
        if (StandIn is null || OperatingSystem.IsWindows())
            return null;
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return folder.FullName;
        }
        return null;
    }

    public static uint UserId => OperatingSystem.IsWindows() ? 0 : GetEffectiveUserId();

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();
}
