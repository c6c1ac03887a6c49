using System.Transactions;
using Npgsql;

namespace CleanPortfolio.WebApi.Limits;

/// <summary>What of the database passes by itself: the client shall come again.</summary>
internal enum Outage
{
    /// <summary>Every connection is in use.</summary>
    Busy,

    /// <summary>It is away, starting or stopping.</summary>
    Away,
}

/// <summary>Finds an outage in a failure, however deep: the mapper, the queue and transactions each wrap it in their own.</summary>
internal static class Outages
{
    public static Outage? In(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            switch (cause)
            {
                case NpgsqlException { InnerException: TimeoutException } e
                    when e.Message.Contains("connection pool", StringComparison.OrdinalIgnoreCase):
                case PostgresException { SqlState: PostgresErrorCodes.TooManyConnections }:
                    return Outage.Busy;
                // Ended by whoever stops the server, or by the server because of a crash beside it.
                case PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown }:
                case NpgsqlException { IsTransient: true }:
                case TransactionException:
                    return Outage.Away;
            }
        return null;
    }
}
