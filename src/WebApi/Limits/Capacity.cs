using System.Globalization;
using CleanPortfolio.Infrastructure;
using Npgsql;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>How many requests are worked on at once, how many more wait, and for how long.</summary>
/// <param name="Concurrency">At once; by default what the connection pool bears beside the workers of the queue.</param>
/// <param name="Queue">Waiting for their turn; the next one is refused at once.</param>
/// <param name="Patience">After it who still waits is refused.</param>
internal sealed record Capacity(int Concurrency, int Queue, TimeSpan Patience)
{
    private const int UsualQueue = 100;
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(2);

    public static Capacity Of(IConfiguration configuration)
    {
        var limits = configuration.GetSection("Limits");
        return new Capacity(
            Number(limits, "Concurrency", OfPool(configuration), least: 1),
            Number(limits, "Queue", UsualQueue, least: 0),
            limits.GetValue("Patience", UsualPatience)
        );
    }

    // A worker holds a connection that claims its work, and uses another; they get no more than half.
    private static int OfPool(IConfiguration configuration)
    {
        var pool = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("Portfolio")).MaxPoolSize;
        var workers = Setup.WorkersOf(configuration);
        return Math.Max(1, pool - Math.Min(pool / 2, (2 * workers) + 2));
    }

    private static int Number(IConfigurationSection limits, string name, int usual, int least)
    {
        var number = limits.GetValue(name, usual);
        return number >= least
            ? number
            : throw new Settings.Unusable(string.Create(CultureInfo.InvariantCulture, $"Limits:{name} must be {least} or more."));
    }
}
