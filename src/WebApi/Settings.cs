using System.Security.Cryptography;
using CleanPortfolio.Infrastructure.Access;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.Polygon;
using Npgsql;

namespace CleanPortfolio.WebApi;

/// <summary>What must be configured where nothing is embedded.</summary>
internal static class Settings
{
    private const int LeastIterations = 210_000;

    /// <summary>Refuses to start without what production needs, instead of quietly serving something else.</summary>
    public static void Require(WebApplicationBuilder builder, bool withoutMarket)
    {
        RequireReadable(builder.Configuration, "Portfolio");
        RequireReadable(builder.Configuration, Migrating.Owner);
        var keys = RequireReadableKeys(builder.Configuration);
        if (builder.Environment.IsDevelopment())
            return;
        if (!withoutMarket && string.IsNullOrWhiteSpace(builder.Configuration[$"{PolygonOptions.Section}:{nameof(PolygonOptions.ApiKey)}"]))
            throw new Unusable(
                "Polygon:ApiKey is not set. Outside Development there is no simulated market: set the environment variable Polygon__ApiKey "
                    + "to a key of the provider (or start with ASPNETCORE_ENVIRONMENT=Development for simulated data)."
            );
        if (!withoutMarket)
            RequireAccess(builder, keys);
        if (
            !builder.Configuration.GetValue<bool>("DESCRIBE_ONLY")
            && string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Portfolio"))
        )
            throw new Unusable(
                "ConnectionStrings:Portfolio is not set. Outside Development there is no embedded database: set the environment variable "
                    + "ConnectionStrings__Portfolio to a PostgreSQL connection string."
            );
    }

    private static void RequireAccess(WebApplicationBuilder builder, int keys)
    {
        var access = builder.Configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        if (keys == 0 && (access.LocalAccounts || string.IsNullOrWhiteSpace(access.Oidc.Authority)))
            throw new Unusable(
                "Access:SigningKeys is not set. Outside Development access tokens are signed by a key of yours: make one by "
                    + "openssl ecparam -name prime256v1 -genkey -noout -out FILE and set the environment variable Access__SigningKeys__0 to "
                    + "the path of the file (or set Access:LocalAccounts=false and Access:Oidc to another issuer)."
            );
        if (!string.IsNullOrWhiteSpace(access.Oidc.Authority) && string.IsNullOrWhiteSpace(access.Oidc.Audience))
            throw new Unusable(
                "Access:Oidc:Audience is not set: whoever has a token of the issuer, for whatever service, would be let in."
            );
        if (access.PasswordIterations < LeastIterations && !builder.Environment.IsEnvironment("Testing"))
            throw new Unusable($"Access:PasswordIterations is below {LeastIterations}.");
        if (builder.Configuration["Access:DevelopmentKey"] is not null)
            throw new Unusable("Access:DevelopmentKey is for Development only: make a key with the command create-key.");
    }

    private static int RequireReadableKeys(IConfiguration configuration)
    {
        var keys = configuration.GetSection("Access:SigningKeys").GetChildren().Select(key => key.Value ?? "").ToList();
        foreach (var (index, key) in keys.Index())
            try
            {
                SigningKeys.Read(key).Dispose();
            }
            catch (CryptographicException e)
            {
                throw new Unusable($"Access:SigningKeys:{index} is {e.Message}.", e);
            }
        return keys.Count;
    }

    private static void RequireReadable(IConfiguration configuration, string name)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(name));
        }
        catch (ArgumentException e)
        {
            throw new Unusable($"ConnectionStrings:{name} is not a connection string of PostgreSQL: {e.Message}", e);
        }
    }

    /// <summary>A setting that can't be done without is missing, or can't be used.</summary>
    public sealed class Unusable(string message, Exception? cause = null) : Exception(message, cause);
}
