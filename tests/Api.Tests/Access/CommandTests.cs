using System.Diagnostics;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>The program in a process of its own, as whoever installs it starts it.</summary>
[Collection(AccessApp.Name)]
public sealed class CommandTests(AccessApp.App app)
{
    [Fact]
    public async Task The_first_administrator_and_a_key_are_made_by_commands()
    {
        var email = Unique.Email();

        var made = await Run(["create-admin", "--email", email], ("CLEANPORTFOLIO_ADMIN_PASSWORD", Credentials.Password));
        var again = await Run(["create-admin", "--email", email], ("CLEANPORTFOLIO_ADMIN_PASSWORD", Credentials.Password));
        var key = await Run(["create-key", "--owner", email, "--scopes", "market:read,portfolios:read"]);

        made.Should().Be((0, $"{email} is an administrator.", ""));
        again.Should().Be((1, "", $"There is an account {email} already."));
        (await app.SignIn(email)).Is(200);
        key.Code.Should().Be(0, key.Errors);
        (await app.Bearing(key.Output).Get("customers")).Is(200);
        (await app.Bearing(key.Output).Get("jobs")).IsProblem(403, "access.denied");
    }

    [Fact]
    public async Task Migrating_says_that_it_is_done() => (await Run(["migrate"])).Should().Be((0, "The database is up to date.", ""));

    [Fact]
    public async Task What_a_command_lacks_is_told_in_a_line()
    {
        var (email, tooShort) = (Unique.Email(), "elf Zeichen");

        (await Run(["create-admin"])).Errors.Should().StartWith("create-admin --email ADDRESS");
        (await Run(["create-admin", "--email", email])).Errors.Should().StartWith("The password comes by");
        (await Run(["create-admin", "--email", email], ("CLEANPORTFOLIO_ADMIN_PASSWORD", tooShort)))
            .Errors.Should()
            .Be("The password must have 12 to 128 characters.");
        (await Run(["create-key", "--owner", email, "--scopes", "market:read"])).Errors.Should().Be($"There is no account {email}.");
        (await Run(["create-key", "--owner", Credentials.Admin, "--scopes", "everything"])).Errors.Should().StartWith("create-key --owner");
    }

    // Production has no default of anything that opens it.
    [Theory]
    [InlineData("Access:SigningKeys is not set", "", "")]
    [InlineData("Access:SigningKeys:0 is not a private key", "Access__SigningKeys__0", "secret-4711")]
    [InlineData("Access:DevelopmentKey is for Development only", "Access__DevelopmentKey", "cp_")]
    [InlineData("Access:PasswordIterations is below 210000", "Access__PasswordIterations", "1000")]
    [InlineData("Access:Oidc:Audience is not set", "Access__Oidc__Authority", "https://issuer.example")]
    public async Task Production_does_not_start_with_a_door_that_is_open(string told, string name, string value)
    {
        var isKey = name.Length == 0 || name.Contains("SigningKeys", StringComparison.Ordinal);

        var (code, _, errors) = await Run([], ("Access__SigningKeys__0", isKey ? "" : Credentials.SigningKey), (name, value));

        code.Should().Be(1);
        errors.Should().StartWith(told).And.NotContain("   at ").And.NotContain("secret-4711");
    }

    private async Task<(int Code, string Output, string Errors)> Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CleanPortfolio.WebApi.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ConnectionStrings__Portfolio"] = app.ConnectionString;
        start.Environment["Polygon__ApiKey"] = "none";
        start.Environment["Serilog__MinimumLevel__Default"] = "Fatal";
        foreach (var (name, value) in environment.Where(pair => pair.Name.Length > 0 && pair.Value.Length > 0))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, (await output).Trim(), (await errors).Trim());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
