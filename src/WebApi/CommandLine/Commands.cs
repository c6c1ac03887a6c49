using CleanPortfolio.Application.Access;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using FluentValidation;
using Npgsql;

namespace CleanPortfolio.WebApi.CommandLine;

/// <summary>What the program does instead of serving: docs/operating.md tells of each.</summary>
internal static class Commands
{
    public const string Migrate = "migrate";
    private const string CreateAdmin = "create-admin";
    private const string CreateKey = "create-key";
    private const string PasswordVariable = "CLEANPORTFOLIO_ADMIN_PASSWORD";

    /// <summary>The command; null for serving.</summary>
    public static string? Of(string[] args) => args is [Migrate or CreateAdmin or CreateKey or VerifyAudit.Name, ..] ? args[0] : null;

    /// <summary>Does it, on a database that is there; the exit code.</summary>
    public static async Task<int> Run(WebApplication app, string command)
    {
        if (command is Migrate)
        {
            Console.WriteLine("The database is up to date.");
            return 0;
        }
        if (command is VerifyAudit.Name)
            return await VerifyAudit.Run(app);
        await using var scope = app.Services.CreateAsyncScope();
        var provisioning = scope.ServiceProvider.GetRequiredService<Provisioning>();
        var stop = app.Lifetime.ApplicationStopping;
        try
        {
            if (command is CreateAdmin)
                await MakeAdmin(provisioning, app.Configuration, stop);
            if (command is CreateKey)
                await MakeKey(provisioning, app.Configuration, stop);
            return 0;
        }
        catch (ValidationException e)
        {
            throw new Refused(string.Join(' ', e.Errors.Select(error => $"The {error.PropertyName} {error.ErrorMessage}")), e);
        }
        catch (RuleBroken e)
        {
            throw new Refused(e.Message, e);
        }
        catch (Exception e) when (e is NpgsqlException or { InnerException: NpgsqlException })
        {
            throw new Refused($"The database of ConnectionStrings:Portfolio can't be used: {(e.InnerException ?? e).Message}", e);
        }
    }

    private static async Task MakeAdmin(Provisioning provisioning, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var email = configuration["email"];
        if (string.IsNullOrWhiteSpace(email) || !email.Contains('@', StringComparison.Ordinal))
            throw new Refused("create-admin --email ADDRESS wants the e-mail address of the account.");
        if (await provisioning.Find(email, cancellationToken) is not null)
            throw new Refused($"There is an account {email} already.");
        var password = configuration[PasswordVariable] ?? await Console.In.ReadLineAsync(cancellationToken);
        if (string.IsNullOrEmpty(password))
            throw new Refused($"The password comes by the environment variable {PasswordVariable}, or as a line on standard input.");
        await provisioning.Account(email, Role.Admin, null, password, cancellationToken);
        Console.WriteLine($"{email} is an administrator.");
    }

    private static async Task MakeKey(Provisioning provisioning, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var scopes = (configuration["scopes"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0 || scopes.Except(Scopes.All, StringComparer.Ordinal).Any())
            throw new Refused($"create-key --owner ADDRESS --scopes A,B wants some of {string.Join(", ", Scopes.All)}.");
        var owner = await provisioning.Find(configuration["owner"] ?? "", cancellationToken);
        if (owner is null)
            throw new Refused($"There is no account {configuration["owner"]}.");
        Console.WriteLine(await provisioning.Key(owner, configuration["name"] ?? "create-key", scopes, null, cancellationToken));
    }

    /// <summary>A command can't be done as it was asked for.</summary>
    public sealed class Refused(string message, Exception? cause = null) : Exception(message, cause);
}
