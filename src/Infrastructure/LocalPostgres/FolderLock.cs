using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>Locks between processes by open files: the operating system frees them when their holder dies, however it dies.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for its turn at most <paramref name="limit" />.</summary>
    public static async Task<FileStream> Alone(string file, TimeSpan limit, ILogger logger, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < limit; waited += Pause)
        {
            if (TryAlone(file) is { } held)
                return held;
            if (waited == TimeSpan.Zero)
                logger.LogInformation("Another app is busy with the same PostgreSQL; waiting for it ({File})", file);
            await Task.Delay(Pause, cancellation);
        }
        throw new LocalPostgresUnavailable($"Another app has held {file} for {limit.TotalSeconds:0} s; stop it and try again.");
    }

    public static FileStream? TryAlone(string file)
    {
        try
        {
            return Open(file, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    public static FileStream Shared(string file) => Open(file, FileAccess.Read, FileShare.Read);

    // Nobody else may open it: whoever can read a file can lock it.
    private static FileStream Open(string file, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }
}
