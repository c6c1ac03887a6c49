using System.Globalization;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Infrastructure.LocalPostgres;
using CleanPortfolio.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>
/// Populates a whole market by grouped daily bars, one day and then all, with provider, service and database each in processes of their own,
/// and says how fast and with how much memory; then copies the same rows plainly, to compare.
/// </summary>
internal static class PopulationRun
{
    private const string RealPrefix = "us_market";
    private const string MadeUpPrefix = "made_up";
    private static readonly DateOnly RealStart = new(2015, 3, 20);

    public static async Task<int> Of(PopulationOptions options)
    {
        // Not CreateTempSubdirectory: that one is closed to the user that stands in for root.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"cleanportfolio-benchmark-{Guid.NewGuid():N}")).FullName;
        try
        {
            await Run(options, folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Run(PopulationOptions options, string folder)
    {
        var (data, prefix, from) = Market(options, folder);
        Say($"Market: {prefix}, {from:yyyy-MM-dd} to {MadeUpData.LastDay:yyyy-MM-dd}");
        await using var postgres = await LocalPostgres.Start(
            new LocalPostgresOptions { DataFolder = Path.Combine(folder, "postgres") },
            NullLogger.Instance,
            CancellationToken.None
        );
        await using var provider = await StartProvider(data, prefix, folder);
        await using var server = new ServerWatch(Postmaster(folder));
        await Speed(postgres.ConnectionString, from, provider, server, folder);
        await Responsiveness(await Another(postgres.ConnectionString), from, provider, folder);
    }

    // Population by itself, and the yardstick by itself.
    private static async Task Speed(string connectionString, DateOnly from, Running provider, ServerWatch server, string folder)
    {
        double rate;
        await using (var service = await StartService(connectionString, provider.Address, folder))
        {
            using var api = new Api(service.Address);
            await Measure("One day", service, () => api.Populate(MadeUpData.LastDay, MadeUpData.LastDay));
            rate = await Measure("The whole range", service, () => api.Populate(from, MadeUpData.LastDay));
            Say($"Peak memory: service {service.Child.PeakMegabytes:0} MB, PostgreSQL {server.PeakMegabytes:0} MB");
        }
        var (rows, time) = await PlainCopy.Of(connectionString);
        var plain = rows / time.TotalSeconds;
        Say(
            $"Plain COPY of the same rows: {rows:N0} rows in {time.TotalSeconds:0.0} s, {plain:N0} rows/s; population is {rate / plain:0.00} of it"
        );

        async Task<double> Measure(string what, Running service, Func<Task<TimeSpan>> populate)
        {
            var (before, cpu) = (await Rows(connectionString), Cpu(service));
            var took = await populate();
            var stored = await Rows(connectionString) - before;
            var used = Cpu(service);
            Say(
                $"{what}: {stored:N0} rows in {took.TotalSeconds:0.0} s, {stored / took.TotalSeconds:N0} rows/s; CPU seconds: "
                    + $"service {used.Service - cpu.Service:0.0}, PostgreSQL {used.Server - cpu.Server:0.0}, "
                    + $"provider {used.Provider - cpu.Provider:0.0}"
            );
            return stored / took.TotalSeconds;
        }

        (double Service, double Server, double Provider) Cpu(Running service) => (service.Child.Cpu, server.Cpu, provider.Child.Cpu);
    }

    // The same population in an empty database, beside somebody who reads.
    private static async Task Responsiveness(string connectionString, DateOnly from, Running provider, string folder)
    {
        await using var service = await StartService(connectionString, provider.Address, folder);
        using var api = new Api(service.Address);
        _ = await api.Populate(MadeUpData.LastDay, MadeUpData.LastDay);
        using var watch = await HoldingsWatch.Of(service.Address, MadeUpData.LastDay);
        using var warm = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await watch.Read(warm.Token);
        using var calm = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var before = await watch.Read(calm.Token);
        using var over = new CancellationTokenSource();
        var during = watch.Read(over.Token);
        var took = await api.Populate(from, MadeUpData.LastDay);
        await over.CancelAsync();
        var meanwhile = await during;
        Say(
            $"Holdings of 20 stocks, p99: {Slowest(before):0.0} ms before, {Slowest(meanwhile):0.0} ms meanwhile (p50 {Usual(before):0.0}, "
                + $"{Usual(meanwhile):0.0}); {meanwhile.Count} reads beside a population of {took.TotalSeconds:0.0} s"
        );

        double Slowest(List<double> times) => HoldingsWatch.Percentile(times, 0.99);
        double Usual(List<double> times) => HoldingsWatch.Percentile(times, 0.5);
    }

    private static async Task<string> Another(string connectionString)
    {
        const string Name = "beside_readers";
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand($"create database {Name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = Name }.ConnectionString;
    }

    private static (string Data, string Prefix, DateOnly From) Market(PopulationOptions options, string folder)
    {
        if (options.Data is { } real)
            return (real, RealPrefix, RealStart);
        var (symbols, sessions) = options.Fast ? (3_000, 40) : (6_000, 500);
        MadeUpData.Write(folder, MadeUpPrefix, symbols, sessions);
        var from = UsMarketCalendar.Sessions(MadeUpData.LastDay.AddDays(-2 * sessions), MadeUpData.LastDay).TakeLast(sessions).First();
        return (folder, MadeUpPrefix, from);
    }

    private static async Task<Running> StartProvider(string data, string prefix, string folder)
    {
        var address = new Uri($"http://127.0.0.1:{Child.FreePort().ToString(CultureInfo.InvariantCulture)}");
        var child = Child.Start("PolygonSimulator", folder, ["--data", data, "--prefix", prefix, "--urls", address.ToString()]);
        await child.Answers(new Uri(address, "/v1/marketstatus/now"));
        return new Running(child, address);
    }

    private static async Task<Running> StartService(string connectionString, Uri provider, string folder)
    {
        var address = new Uri($"http://127.0.0.1:{Child.FreePort().ToString(CultureInfo.InvariantCulture)}");
        (string, string)[] environment =
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPNETCORE_URLS", address.ToString()),
            ("ConnectionStrings__Portfolio", connectionString),
            ("Polygon__ApiKey", "benchmark"),
            ("Polygon__BaseUrl", provider.ToString()),
            ("Polygon__CallsPerMinute", "0"),
            ("Access__SigningKeys__0", Credentials.SigningKey),
        ];
        await using (var migration = Child.Start("WebApi", folder, ["migrate"], environment))
            await migration.Ends();
        await Credentials.Store(connectionString);
        var child = Child.Start("WebApi", folder, [], environment);
        await child.Answers(new Uri(address, "/health/ready"));
        return new Running(child, address);
    }

    private static int Postmaster(string folder) =>
        int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "cluster", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static async Task<long> Rows(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select count(*) from daily_prices");
        command.CommandTimeout = 120;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static void Say(string line) => Console.WriteLine(line);

    private sealed record Running(Child Child, Uri Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Child.DisposeAsync();
    }
}
