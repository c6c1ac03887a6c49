using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Forgets, once an hour, outcomes that are no longer answered.</summary>
internal sealed class OutcomePruning(IServiceScopeFactory scopes, ILogger<OutcomePruning> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // Not earlier: the program also starts where there is no database, only to be described.
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<Outcomes>().Prune(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "Old outcomes can't be forgotten now");
            }
        }
    }
}
