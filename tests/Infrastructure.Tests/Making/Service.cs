using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CleanPortfolio.Infrastructure.Tests.Making;

/// <summary>The program in a process of its own, which can be killed.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder log = new();

    private Service(Process process, Uri address)
    {
        this.process = process;
        Api = new Api(new HttpClient { BaseAddress = address }.ShowKey());
    }

    public Api Api { get; }

    public int ProcessId => process.Id;

    public static async Task<Service> Start(IReadOnlyDictionary<string, string> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CleanPortfolio.WebApi.dll"));
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        foreach (var (key, value) in Credentials.Settings.Concat(settings))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var service = new Service(new Process { StartInfo = start }, address);
        service.process.OutputDataReceived += (_, line) => service.Write(line.Data);
        service.process.ErrorDataReceived += (_, line) => service.Write(line.Data);
        service.process.Start();
        service.process.BeginOutputReadLine();
        service.process.BeginErrorReadLine();
        await service.IsReady();
        return service;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as systems do that shut down.</summary>
    public async Task Signal()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Its exit code, when it has ended.</summary>
    public async Task<int> Ended()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
        Api.Http.Dispose();
    }

    private async Task IsReady()
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(90) && !process.HasExited; await Task.Delay(50))
        {
            try
            {
                if ((await Api.Get("/health/ready")).Status == 200)
                    return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
        }
        throw new TimeoutException($"The service did not become ready: {log}");
    }

    private void Write(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
