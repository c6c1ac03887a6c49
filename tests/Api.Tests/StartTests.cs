using System.Diagnostics;
using System.Text;
using CleanPortfolio.Testing;

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

    [Theory]
    [InlineData("Proxies__Known", "10.0.0.0/8, everybody", "Proxies:Known has \"everybody\", which is neither an address nor a network")]
    [InlineData("Cors__Origins", "*", "Cors:Origins has \"*\", which is no origin")]
    [InlineData("Cors__Origins", "https://*.example.com", "Cors:Origins has \"https://*.example.com\", which is no origin")]
    [InlineData("Cors__Origins", "https://app.example.com/", "Cors:Origins has \"https://app.example.com/\", which is no origin")]
    [InlineData("Secrets__Folder", "/nowhere/at/all", "Secrets:Folder is /nowhere/at/all, which is no folder.")]
    [InlineData("Polygon__ApiKey_FILE", "/nowhere/key", "Polygon:ApiKey_FILE is /nowhere/key, which can't be read.")]
    public async Task A_setting_that_opens_too_much_or_leads_nowhere_is_refused(string setting, string value, string told)
    {
        var (code, errors) = await Run("", Nowhere, (setting, value), ("Polygon__ApiKey", "key"), ("Access__SigningKeys__0", Credentials.SigningKey));

        code.Should().Be(1);
        errors.Should().StartWith(told).And.NotContain("   at ");
    }

    [Fact]
    public async Task Secrets_may_be_files_and_win()
    {
        var folder = Directory.CreateTempSubdirectory("cleanportfolio-secrets-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "ConnectionStrings__Portfolio"), "Hosst=of-the-folder\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "named"), Nowhere + "\n");

            var (code, errors) = await Run("migrate", "", ("Secrets__Folder", folder));
            code.Should().Be(1);
            errors.Should().StartWith("ConnectionStrings:Portfolio is not a connection string");
            (_, errors) = await Run("migrate", "", ("ConnectionStrings__Portfolio_FILE", Path.Combine(folder, "named")));
            errors.Should().StartWith("The database of ConnectionStrings:Portfolio can't be migrated").And.NotContain("pass-4711");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Code, string Errors)> Run(
        string command,
        string connectionString,
        params (string Name, string Value)[] settings
    )
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
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
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
