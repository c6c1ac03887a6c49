using System.Diagnostics;
using CleanPortfolio.Infrastructure.Tests.Making;

namespace CleanPortfolio.Infrastructure.Tests.Auditing;

/// <summary>The command, in a process of its own.</summary>
public sealed class VerifyAuditTests
{
    [Fact]
    public async Task The_log_of_many_at_once_is_whole_and_a_changed_entry_is_named()
    {
        await using var app = new Disposing(await TestApp.Start(new TestAppOptions { Workers = 0 }));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.Api.Post("customers", new { name = "Ada", email = Unique.Email() })));

        var (code, output) = await Run(app.App);
        code.Should().Be(0);
        output.Should().StartWith("50 entries, 0 faults, head ");
        (await Run(app.App, "--head", output.Trim()[^64..])).Code.Should().Be(0);
        (await Run(app.App, "--head", new string('a', 64))).Code.Should().Be(1);
        (await Run(app.App, "--head", "abc")).Output.Should().StartWith("abc is no hash");

        await Sql.Execute(app.App.ConnectionString, "update audit_log set action = 'deleted' where sequence = 17");
        (code, output) = await Run(app.App);
        code.Should().Be(1);
        output.Should().Contain("Entry 17 ").And.Contain("50 entries, 1 faults");
    }

    private static async Task<(int Code, string Output)> Run(TestApp app, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (
            var argument in new[] { Path.Combine(AppContext.BaseDirectory, "CleanPortfolio.WebApi.dll"), "verify-audit" }.Concat(options)
        )
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ConnectionStrings__Portfolio"] = app.ServiceConnectionString;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }

    private sealed class Disposing(TestApp app) : IAsyncDisposable
    {
        public TestApp App => app;

        public Api Api => app.Api;

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
