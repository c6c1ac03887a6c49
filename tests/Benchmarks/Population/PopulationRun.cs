using System.Globalization;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Infrastructure.LocalPostgres;
using CleanPortfolio.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>
/// Populates a whole market by grouped daily bars, with service and database each in processes of their own and a provider whose answers
/// are made before, and says how fast and with how much memory; copies the same rows plainly, to compare; then does it beside somebody who
/// reads.
/// </summary>
internal static class PopulationRun
{
    private const string RealPrefix = "us_market";
    private const string MadeUpPrefix = "made_up";
    private static readonly DateOnly RealStart = new(2015, 3, 20);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(2);

    // Beside a reader, who is not to go on for long when the job is over.
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

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
        await using var recorded = await RecordedProvider.Before(provider.Address);
        await using var server = new ServerWatch(Postmaster(folder));
        await using var service = await StartService(postgres.ConnectionString, recorded.Address, folder);
        await Quarter(postgres.ConnectionString, service);
        await Speed(postgres.ConnectionString, from, service, server);
        await Responsiveness(postgres.ConnectionString, from, service);
        Say($"Peak memory: service {service.Child.PeakMegabytes:0} MB, PostgreSQL {server.PeakMegabytes:0} MB");
    }

    // Memory is not to grow with the range: this is what an eighth of it takes.
    private static async Task Quarter(string connectionString, Running service)
    {
        using var api = new Api(service.Address, Seldom);
        await api.Populate(MadeUpData.LastDay.AddMonths(-3), MadeUpData.LastDay);
        Say($"A quarter of a year: {await Rows(connectionString):N0} rows; peak memory: service {service.Child.PeakMegabytes:0} MB");
        await Forget(connectionString);
    }

    // By a service that is warm: what it does for the first time it also compiles. The yardstick is taken before and after, since the speed of
    // a machine that others use, too, changes from minute to minute.
    private static async Task Speed(string connectionString, DateOnly from, Running service, ServerWatch server)
    {
        using var api = new Api(service.Address, Seldom);
        await Populate("While the provider makes its answers");
        var before = await Copy(connectionString);
        await Forget(connectionString);
        var rate = await Populate("Again, from nothing");
        var after = await Copy(connectionString);
        Say($"Population is {2 * rate / (before + after):0.00} of plain COPY");

        async Task<double> Populate(string what)
        {
            var (serviceCpu, serverCpu) = (service.Child.Cpu, server.Cpu);
            var took = await api.Populate(from, MadeUpData.LastDay);
            (serviceCpu, serverCpu) = (service.Child.Cpu - serviceCpu, server.Cpu - serverCpu);
            var rows = await Rows(connectionString);
            Say(
                $"{what}: {rows:N0} rows in {took.TotalSeconds:0.0} s, {rows / took.TotalSeconds:N0} rows/s; "
                    + $"CPU seconds: service {serviceCpu:0.0}, PostgreSQL {serverCpu:0.0}"
            );
            return rows / took.TotalSeconds;
        }
    }

    private static async Task<double> Copy(string connectionString)
    {
        var (rows, time) = await PlainCopy.Of(connectionString);
        Say($"Plain COPY of the same rows: {rows:N0} rows in {time.TotalSeconds:0.0} s, {rows / time.TotalSeconds:N0} rows/s");
        return rows / time.TotalSeconds;
    }

    // Prices, what was kept out of them, and that they were asked for.
    private static async Task Forget(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("truncate daily_prices, quarantined_rows, fetches");
        await command.ExecuteNonQueryAsync();
    }

    // Once more from nothing but a day, beside somebody who reads.
    private static async Task Responsiveness(string connectionString, DateOnly from, Running service)
    {
        await Forget(connectionString);
        using var api = new Api(service.Address, Often);
        _ = await api.Populate(MadeUpData.LastDay, MadeUpData.LastDay);
        using var watch = await HoldingsWatch.Of(service.Address, MadeUpData.LastDay);
        using var warm = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await watch.Read(warm.Token);
        var before = await Calm();
        using var over = new CancellationTokenSource();
        var during = watch.Read(over.Token);
        var took = await api.Populate(from, MadeUpData.LastDay);
        await over.CancelAsync();
        var meanwhile = await during;
        var after = await Calm();
        var calm = (Slowest(before) + Slowest(after)) / 2;
        Say(
            $"Holdings of 20 stocks, p99: {Slowest(before):0.0} ms before, {Slowest(meanwhile):0.0} ms beside a population of "
                + $"{took.TotalSeconds:0.0} s, {Slowest(after):0.0} ms after it: {Slowest(meanwhile) / calm:0.00} of the calm one "
                + $"(p50 {Usual(before):0.0}, {Usual(meanwhile):0.0}, {Usual(after):0.0} ms; {meanwhile.Count} reads beside it)"
        );

        async Task<List<double>> Calm()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            return await watch.Read(limit.Token);
        }

        double Slowest(List<double> times) => HoldingsWatch.Percentile(times, 0.99);
        double Usual(List<double> times) => HoldingsWatch.Percentile(times, 0.5);
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
