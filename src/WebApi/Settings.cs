using CleanPortfolio.Infrastructure.Polygon;

namespace CleanPortfolio.WebApi;

/// <summary>What must be configured where nothing is embedded.</summary>
internal static class Settings
{
    /// <summary>Refuses to start without what production needs, instead of quietly serving something else.</summary>
    public static void Require(WebApplicationBuilder builder, bool withoutMarket)
    {
        if (builder.Environment.IsDevelopment())
            return;
        if (!withoutMarket && string.IsNullOrWhiteSpace(builder.Configuration[$"{PolygonOptions.Section}:{nameof(PolygonOptions.ApiKey)}"]))
            throw new Missing(
                "Polygon:ApiKey is not set. Outside Development there is no simulated market: set the environment variable Polygon__ApiKey "
                    + "to a key of the provider (or start with ASPNETCORE_ENVIRONMENT=Development for simulated data)."
            );
        if (
            !builder.Configuration.GetValue<bool>("DESCRIBE_ONLY")
            && string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Portfolio"))
        )
            throw new Missing(
                "ConnectionStrings:Portfolio is not set. Outside Development there is no embedded database: set the environment variable "
                    + "ConnectionStrings__Portfolio to a PostgreSQL connection string."
            );
    }

    /// <summary>A setting that can't be done without.</summary>
    public sealed class Missing(string message) : Exception(message);
}
