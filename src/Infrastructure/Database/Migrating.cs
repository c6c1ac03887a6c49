using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>
/// Migrates as the owner of the tables, <c>ConnectionStrings:Migrations</c>, and lets the role of the service use them:
/// <c>Database:AppRole</c>, else the user of <c>ConnectionStrings:Portfolio</c>. Without a connection of the owner's, the service owns
/// what it uses.
/// </summary>
public static class Migrating
{
    /// <summary>Of the owner; absent or empty: the service is the owner.</summary>
    public const string Owner = "Migrations";

    /// <summary>Brings the database up to date.</summary>
    /// <exception cref="NpgsqlException">It can't be reached or changed, or there is no such role.</exception>
    public static async Task Run(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var service = configuration.GetConnectionString("Portfolio");
        var owner = configuration.GetConnectionString(Owner) is { Length: > 0 } separate ? separate : service;
        var asOwner = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Portfolio", owner)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddInfrastructure(asOwner).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var role = configuration["Database:AppRole"] is { Length: > 0 } named ? named : UserOf(service);
        await scope.ServiceProvider.GetRequiredService<Migrator>().Migrate(role == UserOf(owner) ? null : role, cancellationToken);
    }

    private static string? UserOf(string? connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Username;
}
