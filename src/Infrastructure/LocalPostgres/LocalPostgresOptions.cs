namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>How a private server is found, made and run. The defaults fit development; tests set a folder and <see cref="Durable" />.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>
    /// Folder that holds the cluster, its password and its locks; made when missing. Default: <c>cleanportfolio/postgres</c> in the user's data
    /// folder (XDG_DATA_HOME, ~/.local/share); for root, whose home the server cannot enter, <c>/var/lib/cleanportfolio/postgres</c>.
    /// Apps that name the same folder share one server.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>Folder for downloaded binaries. Default: <c>cleanportfolio</c> in the user's cache folder; for root <c>/var/cache/cleanportfolio</c>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Database that the connection string names; created when missing.</summary>
    public string Database { get; init; } = "cleanportfolio";

    /// <summary>Folder of initdb, postgres and pg_ctl; when set, no other is looked at. Default: environment variable <c>PG_BIN</c>.</summary>
    public string? BinFolder { get; init; } = Environment.GetEnvironmentVariable("PG_BIN");

    /// <summary>Folders searched for PostgreSQL and npm. Default: environment variable <c>PATH</c>.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>
    /// Look neither on the path nor in the usual install folders, only at <see cref="BinFolder" /> and npm's package.
    /// Default: true when the environment variable <c>CLEANPORTFOLIO_PG_IGNORE_SYSTEM</c> is 1.
    /// </summary>
    public bool IgnoreSystem { get; init; } = Environment.GetEnvironmentVariable("CLEANPORTFOLIO_PG_IGNORE_SYSTEM") == "1";

    /// <summary>Loopback port to listen on, for those who stop and start it under connected programs. Default: a free one at each start.</summary>
    public int? Port { get; init; }

    /// <summary>Connections that the server takes; default 100, which is a pool of one program and some for its keeper.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>False gives up crash safety for speed (fsync, synchronous_commit, full_page_writes off): for data that tests throw away.</summary>
    public bool Durable { get; init; } = true;
}
