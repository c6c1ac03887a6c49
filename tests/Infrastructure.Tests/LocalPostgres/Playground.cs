using System.Diagnostics;
using System.Globalization;
using CleanPortfolio.Infrastructure.LocalPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Server = CleanPortfolio.Infrastructure.LocalPostgres.LocalPostgres;

namespace CleanPortfolio.Infrastructure.Tests.LocalPostgres;

/// <summary>A folder of its own for one test: data, cache and made-up programs. Servers left running in it are killed at the end.</summary>
internal sealed class Playground : IDisposable
{
    // Not CreateTempSubdirectory: that one is closed to the user that stands in for root.
    private readonly string root = Directory
        .CreateDirectory(Path.Combine(Path.GetTempPath(), $"cleanportfolio-test-{Guid.NewGuid():N}"))
        .FullName;

    private Process? stranger;

    public string Data => Path.Combine(root, "data");

    public string Cache => Directory.CreateDirectory(Path.Combine(root, "cache")).FullName;

    public string Programs => Directory.CreateDirectory(Path.Combine(root, "programs")).FullName;

    public LocalPostgresOptions Options => new() { DataFolder = Data, Durable = false };

    public bool IsRunning => File.Exists(PostmasterFile);

    public int ServerProcess => int.Parse(File.ReadLines(PostmasterFile).First(), CultureInfo.InvariantCulture);

    private string PostmasterFile => Path.Combine(Data, "cluster", "postmaster.pid");

    public Task<Server> Start() => Start(Options);

    public async Task<Server> Start(LocalPostgresOptions options)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        return await Server.Start(options, NullLogger.Instance, limit.Token);
    }

    public IDisposable LeaseOfAnotherApp()
    {
        Directory.CreateDirectory(Data);
        return new FileStream(Path.Combine(Data, "lease.lock"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
    }

    public void KillServer()
    {
        using var server = Process.GetProcessById(ServerProcess);
        server.Kill();
        server.WaitForExit(TimeSpan.FromSeconds(10));
    }

    /// <summary>A program of the server's own user: PostgreSQL passes over the numbers of other users' and of its parents' by itself.</summary>
    public int StartStranger()
    {
        var start = new ProcessStartInfo("/bin/sleep", "120") { WorkingDirectory = "/" };
        if (Environment.IsPrivilegedProcess)
            start.UserName = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
                ? "postgres"
                : "nobody";
        stranger = Process.Start(start)!;
        return stranger.Id;
    }

    public void PretendServerProcessIs(int process)
    {
        var lines = File.ReadAllLines(PostmasterFile);
        lines[0] = process.ToString(CultureInfo.InvariantCulture);
        File.WriteAllLines(PostmasterFile, lines);
    }

    public string WriteInData(string name, string text)
    {
        var file = Path.Combine(Data, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void WriteProgram(string name, string script)
    {
        var file = Path.Combine(Programs, name);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
    }

    public string MakeClosedFolder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "closed"));
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return folder.FullName;
    }

    public void Dispose()
    {
        stranger?.Kill();
        stranger?.Dispose();
        if (IsRunning)
            KillLeftover();
        for (var attempt = 1; Directory.Exists(root); attempt++)
        {
            try
            {
                Directory.Delete(root, recursive: true);
            }
            catch (IOException) when (attempt < 20) // children of a killed server write until they notice
            {
                Thread.Sleep(100);
            }
        }
    }

    private void KillLeftover()
    {
        try
        {
            using var process = Process.GetProcessById(ServerProcess);
            if (process.ProcessName.StartsWith("postgres", StringComparison.Ordinal))
                KillServer();
        }
        catch (ArgumentException)
        {
            // gone already
        }
    }
}
