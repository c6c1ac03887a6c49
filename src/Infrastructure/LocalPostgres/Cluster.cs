using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>The cluster in a data folder: made once, started, found again, stopped. Callers hold the folder's turn.</summary>
internal sealed class Cluster(string folder, Binaries binaries, ServerAccount account, LocalPostgresOptions options, ILogger logger)
{
    private const string Owner = "cleanportfolio";
    private const int StartTries = 8;
    private static readonly TimeSpan InitLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string data = DataIn(folder);
    private readonly string log = Path.Combine(DataIn(folder), "server.log");

    public string Folder => folder;

    public Binaries Binaries => binaries;

    /// <summary>Major version of the cluster in the folder, null when there is none.</summary>
    public static int? MajorIn(string folder)
    {
        if (File.Exists(Path.Combine(folder, "PG_VERSION")))
            throw new LocalPostgresUnavailable($"{folder} is itself a PostgreSQL data folder of someone else's making; choose another.");
        var existing = DataIn(folder);
        var file = Path.Combine(existing, "PG_VERSION");
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim().Split('.')[0], CultureInfo.InvariantCulture, out var major))
            return major;
        return !Directory.Exists(existing) || !Directory.EnumerateFileSystemEntries(existing).Any()
            ? null
            : throw new LocalPostgresUnavailable(
                $"{existing} is not a whole PostgreSQL cluster (no PG_VERSION): move it away to begin with an empty one."
            );
    }

    public static string ConnectionTo(string database, int port, string password, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = Owner,
            Password = password,
            Database = database,
            Timeout = 15,
            MaxPoolSize = 80,
            Pooling = pooling,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    /// <summary>Makes the cluster unless it is there. Returns its owner's password.</summary>
    public async Task<string> Create(CancellationToken cancellation)
    {
        var made = MajorIn(folder) is not null;
        var password = await PasswordFile.ReadOrMake(folder, made, cancellation);
        if (made)
            return password;
        var work = Path.Combine(folder, $"new-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        var secret = Path.Combine(work, "password");
        await PasswordFile.Write(secret, password, cancellation);
        await account.Own(work, cancellation);
        // Made beside its place and then renamed: a broken-off initdb is never taken for a cluster.
        var initial = Path.Combine(work, "data");
        await InitDb(initial, secret, cancellation);
        if (Directory.Exists(data))
            Directory.Delete(data);
        Directory.Move(initial, data);
        RemoveLeftovers();
        return password;
    }

    /// <summary>Port of the running server, null when none runs. A server that is still recovering is waited for.</summary>
    public async Task<int?> RunningPort(string password, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < StartLimit; waited += Pause)
        {
            if (PostmasterFile.Read(data) is not { } postmaster)
                return null;
            if (!postmaster.IsAlive())
            {
                postmaster.RemoveIfInTheWay(data);
                return null;
            }
            if (await Answers(postmaster, password, cancellation))
                return postmaster.Port;
            await Task.Delay(Pause, cancellation);
        }
        throw new LocalPostgresUnavailable(
            $"A PostgreSQL process holds {data}, as its postmaster.pid says, but has not answered for {StartLimit.TotalSeconds:0} s; see {log}."
        );
    }

    /// <summary>Returns the port. Tries again when another program took the port first, or a dead server's children still hold its memory.</summary>
    public async Task<int> Start(string password, CancellationToken cancellation)
    {
        await account.Own(data, cancellation);
        if (new FileInfo(log) is { Exists: true, Length: > 10_000_000 } full)
            full.Delete();
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port ?? FreePort();
            string[] arguments = ["start", "-D", data, "-l", log, "-w", "-t", Seconds(StartLimit), "-o", Settings(port)];
            var result = await PgCtl(arguments, StartLimit + Grace, cancellation);
            if (result.ExitCode == 0)
                return port;
            if (await RunningPort(password, cancellation) is { } running)
                return running;
            if (attempt == StartTries)
                throw new LocalPostgresUnavailable($"PostgreSQL in {data} does not start: {result.Output}\nEnd of {log}:\n{EndOfLog()}");
            logger.LogDebug("PostgreSQL did not start at attempt {Attempt}: {Output}", attempt, result.Output);
            await Task.Delay(Pause * attempt, cancellation);
        }
    }

    /// <summary>Ends sessions and stops; does nothing when no server runs.</summary>
    public async Task Stop()
    {
        if (PostmasterFile.Read(data)?.IsAlive() != true)
            return;
        string[] arguments = ["stop", "-D", data, "-w", "-t", Seconds(StopLimit), "-m"];
        var result = await PgCtl([.. arguments, "fast"], StopLimit + Grace, CancellationToken.None);
        if (result.ExitCode != 0 && PostmasterFile.Read(data)?.IsAlive() == true)
            result = await PgCtl([.. arguments, "immediate"], StopLimit + Grace, CancellationToken.None);
        logger.LogInformation("PostgreSQL in {Folder} stopped: {Output}", folder, result.Output.ReplaceLineEndings(" "));
    }

    private static string DataIn(string folder) => Path.Combine(folder, "cluster");

    private Task<CommandResult> PgCtl(string[] arguments, TimeSpan limit, CancellationToken cancellation) =>
        Command.Try(binaries.Tool("pg_ctl"), arguments, limit, account.StandIn, cancellation);

    private async Task InitDb(string initial, string secret, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-D",
            initial,
            "-U",
            Owner,
            "--auth=scram-sha-256",
            $"--pwfile={secret}",
            "--encoding=UTF8",
            "--no-instructions",
        ];
        if (!options.Durable)
            arguments = [.. arguments, "--no-sync"];
        var initdb = binaries.Tool("initdb");
        var result = await Command.Try(initdb, [.. arguments, "--locale=C.UTF-8"], InitLimit, account.StandIn, cancellation);
        if (result.ExitCode != 0) // systems without that locale
            await Command.Run(initdb, [.. arguments, "--no-locale"], InitLimit, account.StandIn, cancellation);
    }

    private void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateDirectories(folder, "new-*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (IOException busy) // an initdb that outlived its app; the next start removes it
            {
                logger.LogDebug(busy, "Left for the next start: {Folder}", leftover);
            }
        }
    }

    private static async Task<bool> Answers(PostmasterFile postmaster, string password, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionTo("postgres", postmaster.Port, password, pooling: false));
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new LocalPostgresUnavailable($"The server on port {postmaster.Port} does not accept this folder's password.", refusal);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // Through pg_ctl's shell: no value may hold a blank or a quote.
    private string Settings(int port)
    {
        string[] always =
        [
            $"port={port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            string.Create(CultureInfo.InvariantCulture, $"max_connections={options.MaxConnections}"),
            "shared_buffers=128MB",
            "max_wal_size=2GB",
            "wal_compression=on",
            "random_page_cost=1.1",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
        ];
        string[] throwAway = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
        return string.Join(' ', (options.Durable ? always : [.. always, .. throwAway]).Select(setting => "-c " + setting));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string EndOfLog() => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(8)) : "(no log)";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
