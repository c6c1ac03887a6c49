using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
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
        await Commit(transaction, cancellationToken);
        return answer;
    }

    public async Task HandDown(Id<Stock> from, Id<Stock> heir, DateOnly day, CancellationToken cancellationToken)
    {
        foreach (var statement in HandDownStatements.All)
        {
            await using var command = new NpgsqlCommand(statement, (NpgsqlConnection)database.Database.GetDbConnection());
            command.CommandTimeout = MarketStage.TimeoutSeconds;
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from.Value });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = heir.Value });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // Some constraints are checked no sooner.
    private static async Task Commit(WriteTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.Commit(cancellationToken);
        }
        catch (PostgresException e) when (Conflicts.Knows(e))
        {
            throw Conflicts.Of(e);
        }
    }
}
