using System.ComponentModel;
using System.Diagnostics;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>Runs a child process to its end, within a time limit, from the root folder, perhaps as another user.</summary>
internal static class Command
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <returns>All that it printed.</returns>
    /// <exception cref="LocalPostgresUnavailable">It cannot be run, runs too long, or ends with an error; with what it printed.</exception>
    public static async Task<string> Run(
        string file,
        IReadOnlyList<string> arguments,
        TimeSpan limit,
        string? account,
        CancellationToken cancellation
    )
    {
        var result = await Try(file, arguments, limit, account, cancellation);
        return result.ExitCode == 0
            ? result.Output
            : throw new LocalPostgresUnavailable($"{file} ended with {result.ExitCode}: {result.Output}");
    }

    public static async Task<CommandResult> Try(
        string file,
        IReadOnlyList<string> arguments,
        TimeSpan limit,
        string? account,
        CancellationToken cancellation
    )
    {
        using var process = Begin(file, arguments, account);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        clock.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(clock.Token);
        }
        catch (OperationCanceledException stopped)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new LocalPostgresUnavailable($"{file} took longer than {limit.TotalSeconds:0} s and was stopped.", stopped);
        }
        return new CommandResult(process.ExitCode, $"{await Rest(output)}{await Rest(error)}".Trim());
    }

    private static Process Begin(string file, IReadOnlyList<string> arguments, string? account)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (account is not null)
            start.UserName = account;
        // The user's own settings for other servers must not reach this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception refusal)
        {
            throw new LocalPostgresUnavailable(
                $"{file} cannot be run{(account is null ? "" : $" as {account}")}: {refusal.Message}",
                refusal
            );
        }
    }

    // A server that outlives its starter can hold the pipe open: what came until now is enough.
    private static async Task<string> Rest(Task<string> reading)
    {
        try
        {
            return await reading.WaitAsync(LastWords);
        }
        catch (TimeoutException)
        {
            return "";
        }
    }
}
