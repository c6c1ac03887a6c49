using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>
/// A private PostgreSQL server on a loopback port, made from binaries found on this machine. Apps that use the same data folder share it:
/// each holds a lease, which the operating system takes back from a killed one, and the last to leave stops the server.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    // Longer than an npm install, which another app may be busy with.
    private static readonly TimeSpan StartTurn = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan StopTurn = TimeSpan.FromSeconds(30);

    private readonly Cluster cluster;
    private readonly FileStream lease;
    private readonly ILogger logger;
    private bool disposed;

    private LocalPostgres(Cluster cluster, FileStream lease, ILogger logger) =>
        (this.cluster, this.lease, this.logger) = (cluster, lease, logger);

    /// <summary>Npgsql's, for the asked database, as the owner of the whole server.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The server was running already: another app's, or one that outlived a killed app.</summary>
    public bool Reused { get; private set; }

    /// <summary>Finds binaries, makes the cluster when there is none, starts the server unless it runs, creates the database when missing.</summary>
    /// <exception cref="LocalPostgresUnavailable">Any of these is impossible here; the message says what to do.</exception>
    public static async Task<LocalPostgres> Start(LocalPostgresOptions options, ILogger logger, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var account = ServerAccount.Choose();
        var folder = Folders.Data(options, account, logger);
        using var turn = await FolderLock.Alone(TurnFile(folder), StartTurn, logger, cancellation);
        var binaries = await Binaries.Find(options, Cluster.MajorIn(folder), account, logger, cancellation);
        var shared = new Cluster(folder, binaries, account, options, logger);
        var server = new LocalPostgres(shared, FolderLock.Shared(LeaseFile(folder)), logger);
        try
        {
            await server.Open(options.Database, cancellation);
            return server;
        }
        catch
        {
            server.disposed = true;
            await server.Leave();
            throw;
        }
    }

    /// <summary>Gives the lease back and, when nobody else holds one, stops the server. Never throws: a server left running is reused next time.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        try
        {
            using var turn = await FolderLock.Alone(TurnFile(cluster.Folder), StopTurn, logger, CancellationToken.None);
            await Leave();
        }
        catch (LocalPostgresUnavailable refusal)
        {
            await lease.DisposeAsync();
            logger.LogWarning(refusal, "PostgreSQL in {Folder} was left running", cluster.Folder);
        }
    }

    private async Task Open(string database, CancellationToken cancellation)
    {
        var password = await cluster.Create(cancellation);
        var running = await cluster.RunningPort(password, cancellation);
        Reused = running is not null;
        var port = running ?? await cluster.Start(password, cancellation);
        ConnectionString = Cluster.ConnectionTo(database, port, password);
        await CreateDatabase(database, Cluster.ConnectionTo("postgres", port, password, pooling: false), cancellation);
        logger.LogInformation(
            "PostgreSQL {Version} {Began} on 127.0.0.1:{Port}, database {Database}, data in {Folder}",
            cluster.Binaries.Version,
            Reused ? "was already running" : "started",
            port,
            database,
            cluster.Folder
        );
    }

    private static async Task CreateDatabase(string database, string server, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var query = source.CreateCommand("select 1 from pg_database where datname = $1");
        query.Parameters.AddWithValue(database);
        if (await query.ExecuteScalarAsync(cancellation) is not null)
            return;
        using var names = new NpgsqlCommandBuilder();
        await using var create = source.CreateCommand($"create database {names.QuoteIdentifier(database)}");
        await create.ExecuteNonQueryAsync(cancellation);
    }

    private async Task Leave()
    {
        await lease.DisposeAsync();
        using var alone = FolderLock.TryAlone(LeaseFile(cluster.Folder));
        if (alone is not null)
            await cluster.Stop();
    }

    private static string TurnFile(string folder) => Path.Combine(folder, "turn.lock");

    private static string LeaseFile(string folder) => Path.Combine(folder, "lease.lock");
}
