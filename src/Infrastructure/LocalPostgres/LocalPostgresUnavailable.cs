namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>No private server can be had here. The message says why and what the user can do; it is meant to be printed as it is.</summary>
public sealed class LocalPostgresUnavailable : Exception
{
    public LocalPostgresUnavailable() { }

    public LocalPostgresUnavailable(string message)
        : base(message) { }

    public LocalPostgresUnavailable(string message, Exception? cause)
        : base(message, cause) { }
}
