using System.Diagnostics;
using System.Text;

namespace CleanPortfolio.Api.Tests;

/// <summary>The program in a process of its own, given settings that it can't work with.</summary>
public sealed class StartTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=pass-4711;Timeout=2";

    [Theory]
    [InlineData("migrate", Nowhere, "The database of ConnectionStrings:Portfolio can't be migrated: Failed to connect to 127.0.0.1:1")]
    [InlineData("migrate", "Hosst=here;Password=pass-4711", "ConnectionStrings:Portfolio is not a connection string of PostgreSQL")]
    [InlineData("migrate", "", "ConnectionStrings:Portfolio is not set")]
    [InlineData("", Nowhere, "Polygon:ApiKey is not set")]
    public async Task What_it_can_not_start_with_is_told_in_a_line(string command, string connectionString, string told)
    {
        var (code, errors) = await Run(command, connectionString);

        code.Should().Be(1);
        errors.Should().StartWith(told).And.NotContain("   at ").And.NotContain("pass-4711");
    }

    private static async Task<(int Code, string Errors)> Run(string command, string connectionString)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CleanPortfolio.WebApi.dll"));
        if (command.Length > 0)
            start.ArgumentList.Add(command);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ConnectionStrings__Portfolio"] = connectionString;
        start.Environment.Remove("Polygon__ApiKey");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            await output;
            return (process.ExitCode, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
