using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>Where data and downloads live. Without a usable home a user gets a private folder in the temporary one, root the system's.</summary>
internal static class Folders
{
    private const string App = "cleanportfolio";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Passable =
        Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static string Data(LocalPostgresOptions options, ServerAccount account, ILogger logger)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return FirstUsable(options.DataFolder, [home, App, "postgres"], ["/var/lib", App, "postgres"], "postgres", account, logger);
    }

    public static string Cache(LocalPostgresOptions options, ServerAccount account, ILogger logger) =>
        FirstUsable(options.CacheFolder, [CacheHome(), App], ["/var/cache", App], "cache", account, logger);

    private static string CacheHome()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } chosen && Path.IsPathRooted(chosen))
            return chosen;
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return profile.Length == 0 ? "" : Path.Combine(profile, ".cache");
    }

    private static string FirstUsable(
        string? chosen,
        string[] atHome,
        string[] ofSystem,
        string ofTemporary,
        ServerAccount account,
        ILogger logger
    )
    {
        if (chosen is not null)
            return Prepare(Path.GetFullPath(chosen), account);
        var reason = "There is no home folder.";
        try
        {
            var ordinary = Path.Combine(atHome);
            if (Path.IsPathRooted(ordinary))
                return Prepare(ordinary, account);
        }
        catch (LocalPostgresUnavailable refusal)
        {
            reason = refusal.Message;
        }
        var instead = account.StandIn is null ? Path.Combine(TemporaryOwn(), ofTemporary) : Path.Combine(ofSystem);
        logger.Log(account.StandIn is null ? LogLevel.Warning : LogLevel.Debug, "{Reason} Using {Folder} instead", reason, instead);
        return Prepare(instead, account);
    }

    private static string Prepare(string folder, ServerAccount account)
    {
        if (account.Barrier(folder) is { } barrier)
            throw new LocalPostgresUnavailable(
                $"As root the server runs as user {account.StandIn}, who may not enter {barrier}, a part of {folder}: "
                    + "choose another folder, or give others the right to pass (chmod o+x)."
            );
        try
        {
            Create(folder, account.StandIn is null ? Private : Passable);
            // The only honest test of "may I write here": do it.
            using var probe = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            return folder;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresUnavailable($"The folder {folder} cannot be made or written: {refusal.Message}", refusal);
        }
    }

    private static void Create(string folder, UnixFileMode mode)
    {
        if (Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is { } parent)
            Create(parent, mode);
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, mode);
    }

    private static string TemporaryOwn()
    {
        var folder = new DirectoryInfo(Path.Combine(Path.GetTempPath(), $"{App}-{ServerAccount.UserId}"));
        try
        {
            folder.Create();
            // Everybody may write the temporary folder: a link is someone's trap, and only an owner can set the mode.
            if (folder.LinkTarget is not null)
                throw new IOException("it is a link");
            if (!OperatingSystem.IsWindows())
                folder.UnixFileMode = Private;
            return folder.FullName;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresUnavailable(
                $"No folder to keep data in: {folder} cannot be used ({refusal.Message}). Set HOME.",
                refusal
            );
        }
    }
}
