using System.Security.Cryptography;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>The password of the cluster's owner, in a file that only the app's user can read.</summary>
internal static class PasswordFile
{
    /// <summary>The known one, or a new one for a cluster that is not <paramref name="made" /> yet.</summary>
    public static async Task<string> ReadOrMake(string folder, bool made, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, "password");
        if (File.Exists(file) && await File.ReadAllTextAsync(file, cancellation) is { Length: > 0 } known)
            return known;
        if (made)
            throw new LocalPostgresUnavailable(
                $"{file}, the password of the cluster beside it, is gone: put it back, or move {folder} away."
            );
        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        await Write(file + ".new", password, cancellation);
        File.Move(file + ".new", file, overwrite: true);
        return password;
    }

    public static async Task Write(string file, string password, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(password.AsMemory(), cancellation);
    }
}
