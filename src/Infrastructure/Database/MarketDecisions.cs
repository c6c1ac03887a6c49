using CleanPortfolio.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>Decides within a transaction of the scope's unit of work, alone under a lock of the database.</summary>
internal sealed class MarketDecisions(PortfolioDb database) : IMarketDecisions
{
    public async Task<T> Decide<T>(Func<ChangedStocks, Task<T>> decide, CancellationToken cancellationToken)
    {
        await using var transaction = await WriteTransaction.Begin(database, cancellationToken);
        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        await MarketStage.TakeTurn(connection, cancellationToken);
        var changed = new ChangedStocks();
        var answer = await decide(changed);
        if (changed.All.Count > 0)
            await MarketStage.Announce(connection, changed.All, null, cancellationToken);
        await transaction.Commit(cancellationToken);
        return answer;
    }
}
