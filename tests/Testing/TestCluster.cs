using System.Globalization;
using CleanPortfolio.Infrastructure.Database;
using CleanPortfolio.Infrastructure.LocalPostgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CleanPortfolio.Testing;

/// <summary>
/// The PostgreSQL of one test run: a private server, made at first use and removed at the end of the run, or the running one that the
/// environment variable CLEANPORTFOLIO_TEST_DB names (a connection string of a user who may create databases and roles, to a server that takes
/// <see cref="MaxConnections"/>). It holds one migrated template; each database is a clone of that.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private const string Variable = "CLEANPORTFOLIO_TEST_DB";

    // Several programs run on it at once, each with a pool of its own.
    private const int MaxConnections = 500;

    private const string FolderPrefix = "cleanportfolio-tests-";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly Lock Gate = new();
    private static Task<TestCluster>? current;

    private readonly string template = $"cp_template_{Guid.NewGuid():N}";
    private LocalPostgres? server;
    private string? folder;
    private string connectionString = "";
    private string serviceConnectionString = "";

    /// <summary>The cluster of this run.</summary>
    public static Task<TestCluster> Current
    {
        get
        {
            lock (Gate)
                return current ??= Task.Run(Start);
        }
    }

    /// <summary>A migrated database with nothing but the tests' administrator in it; the connection string of its owner.</summary>
    public async Task<string> NewDatabase()
    {
        var name = $"cp_{Guid.NewGuid():N}";
        await Execute($"create database {name} template {template} strategy file_copy");
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    /// <summary>An empty database without any table.</summary>
    public async Task<string> NewEmptyDatabase()
    {
        var name = $"cp_{Guid.NewGuid():N}";
        await Execute($"create database {name} template template0");
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Drops a database, whoever is still connected to it.</summary>
    public async Task Drop(string databaseConnectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(databaseConnectionString).Database;
        await Execute($"drop database if exists {name} with (force)");
    }

    /// <summary>Applies all migrations, as the migrate command does.</summary>
    public static async Task Migrate(string databaseConnectionString)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Portfolio", databaseConnectionString), new("Database:AppRole", AppRole.Name)])
            .Build();
        using var limit = new CancellationTokenSource(Limit);
        await Migrating.Run(configuration, limit.Token);
    }

    /// <summary>The connection string of the role that a service runs as, to a database of this run.</summary>
    public string ForService(string databaseConnectionString) =>
        new NpgsqlConnectionStringBuilder(serviceConnectionString)
        {
            Database = new NpgsqlConnectionStringBuilder(databaseConnectionString).Database,
        }.ConnectionString;

    /// <summary>Ends the run's cluster, if there is one.</summary>
    public static async Task End()
    {
        Task<TestCluster>? ending;
        lock (Gate)
            (ending, current) = (current, null);
        if (ending is not null)
            await (await ending).DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is null)
            await Execute($"drop database if exists {template} with (force)");
        else
            await server.DisposeAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    private static async Task<TestCluster> Start()
    {
        var cluster = new TestCluster();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            cluster.connectionString = given;
        else
            await cluster.StartServer();
        cluster.serviceConnectionString = await AppRole.Ensure(cluster.connectionString, CancellationToken.None);
        await cluster.Execute($"create database {cluster.template} template template0");
        var inTemplate = new NpgsqlConnectionStringBuilder(cluster.connectionString) { Database = cluster.template, Pooling = false };
        await Migrate(inTemplate.ConnectionString);
        await Credentials.Store(inTemplate.ConnectionString);
        return cluster;
    }

    private async Task StartServer()
    {
        RemoveLeftovers();
        // A plain folder: a temporary one of the framework would be closed to the user that stands in for root.
        var name = string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name)).FullName;
        using var limit = new CancellationTokenSource(Limit);
        server = await LocalPostgres.Start(
            new LocalPostgresOptions
            {
                DataFolder = folder,
                Durable = false,
                MaxConnections = MaxConnections,
            },
            NullLogger.Instance,
            limit.Token
        );
        connectionString = server.ConnectionString;
    }

    private async Task Execute(string sql)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }

    // A run that was killed could neither stop its server nor remove its folder.
    private static void RemoveLeftovers()
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), $"{FolderPrefix}*"))
        {
            var owner = Path.GetFileName(left)[FolderPrefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var process) || IsRunning(process, "dotnet", "testhost"))
                continue;
            var postmaster = Path.Combine(left, "cluster", "postmaster.pid");
            try
            {
                if (File.Exists(postmaster) && int.TryParse(File.ReadLines(postmaster).First(), CultureInfo.InvariantCulture, out var pid))
                    Kill(pid, "postgres");
                Directory.Delete(left, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                // Another user's, or another run is removing it in this moment.
            }
        }
    }

    private static bool IsRunning(int id, params string[] names)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return names.Any(name => process.ProcessName.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Kill(int id, string name)
    {
        if (!IsRunning(id, name))
            return;
        using var process = System.Diagnostics.Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(10));
    }
}
