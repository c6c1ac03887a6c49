using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.Polygon;
using Npgsql;

namespace CleanPortfolio.WebApi;

/// <summary>What must be configured where nothing is embedded.</summary>
internal static class Settings
{
    /// <summary>Refuses to start without what production needs, instead of quietly serving something else.</summary>
    public static void Require(WebApplicationBuilder builder, bool withoutMarket)
    {
        RequireReadable(builder.Configuration, "Portfolio");
        RequireReadable(builder.Configuration, Migrating.Owner);
        if (builder.Environment.IsDevelopment())
            return;
        if (!withoutMarket && string.IsNullOrWhiteSpace(builder.Configuration[$"{PolygonOptions.Section}:{nameof(PolygonOptions.ApiKey)}"]))
            throw new Unusable(
                "Polygon:ApiKey is not set. Outside Development there is no simulated market: set the environment variable Polygon__ApiKey "
                    + "to a key of the provider (or start with ASPNETCORE_ENVIRONMENT=Development for simulated data)."
            );
        if (
            !builder.Configuration.GetValue<bool>("DESCRIBE_ONLY")
            && string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Portfolio"))
        )
            throw new Unusable(
                "ConnectionStrings:Portfolio is not set. Outside Development there is no embedded database: set the environment variable "
                    + "ConnectionStrings__Portfolio to a PostgreSQL connection string."
            );
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
