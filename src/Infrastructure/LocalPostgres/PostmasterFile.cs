using System.Diagnostics;
using System.Globalization;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>What a server wrote about itself into <c>postmaster.pid</c>; it stays behind when the server is killed.</summary>
internal sealed record PostmasterFile(int ProcessId, int Port)
{
    /// <summary>Null when there is none, or it is being written.</summary>
    public static PostmasterFile? Read(string data)
    {
        try
        {
            var lines = File.ReadAllLines(FileIn(data));
            return
                lines.Length >= 4
                && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
                && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
                ? new PostmasterFile(process, port)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether that process is there and a PostgreSQL: the number may have passed to another program, or to a corpse nobody buried.</summary>
    public bool IsAlive() => State() is Life.Server;

    /// <summary>PostgreSQL itself passes over the file of a dead process, but not when a stranger of the same user has the number now.</summary>
    public void RemoveIfInTheWay(string data)
    {
        if (State() is Life.Stranger)
            File.Delete(FileIn(data));
    }

    private static string FileIn(string data) => Path.Combine(data, "postmaster.pid");

    private enum Life
    {
        None,
        Server,
        Stranger,
    }

    private Life State()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) && !IsCorpse() ? Life.Server : Life.Stranger;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return Life.None;
        }
    }

    private bool IsCorpse()
    {
        var status = $"/proc/{ProcessId}/stat";
        if (!OperatingSystem.IsLinux() || !File.Exists(status))
            return false;
        var text = File.ReadAllText(status);
        return text[(text.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
    }
}
