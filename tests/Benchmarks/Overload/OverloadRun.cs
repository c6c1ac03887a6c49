using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CleanPortfolio.Benchmarks.Population;
using CleanPortfolio.Infrastructure.LocalPostgres;
using CleanPortfolio.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CleanPortfolio.Benchmarks.Overload;

/// <summary>
/// A service with a pool of five connections, asked for as much as it can serve, and then for three times that, several times in turn. Says
/// what it served of it, how long that took and what the others were told; fails when it is not what it promises.
/// </summary>
internal static class OverloadRun
{
    private const int Pool = 5;
    private const int Rounds = 3;
    private const double LeastShare = 0.9;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    public static async Task<int> Run()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"cleanportfolio-benchmark-{Guid.NewGuid():N}")).FullName;
        try
        {
            await using var postgres = await LocalPostgres.Start(
                new LocalPostgresOptions { DataFolder = Path.Combine(folder, "postgres") },
                NullLogger.Instance,
                CancellationToken.None
            );
            var address = new Uri($"http://127.0.0.1:{Child.FreePort().ToString(CultureInfo.InvariantCulture)}");
            await using var service = await Start(postgres.ConnectionString, address, folder);
            using var load = new Load(address, await Seed(address));
            return await Measure(load) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> Measure(Load load)
    {
        await load.AtOnce(16, Round); // compiles
        var shares = new List<double>();
        var all = true;
        for (var round = 1; round <= Rounds; round++)
        {
            var calm = await load.AtOnce(16, Round);
            var flood = await load.AtPace(3 * calm.Accepted / calm.Seconds, Round);
            var after = await load.AtOnce(1, TimeSpan.FromSeconds(1));
            var share = flood.Accepted / flood.Seconds / (calm.Accepted / calm.Seconds);
            shares.Add(share);
            Console.WriteLine($"Peak        {calm}");
            Console.WriteLine($"Three times {flood}");
            Console.WriteLine($"After it    {after}");
            Console.WriteLine($"Round {round}: {share:P0} of the peak");
            all &= flood.IsClear && after is { IsClear: true, Refused: 0 } && flood.Slowest < Limit.TotalMilliseconds;
        }
        var median = shares.Order().ElementAt(Rounds / 2);
        Console.WriteLine(
            $"Throughput at three times the load: {median:P0} of the peak (median of {Rounds}); {(all ? "all" : "NOT all")} answers clear"
        );
        return all && median >= LeastShare;
    }

    private static async Task<Child> Start(string connectionString, Uri address, string folder)
    {
        (string, string)[] environment =
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPNETCORE_URLS", address.ToString()),
            ("ConnectionStrings__Portfolio", new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Pool }.ConnectionString),
            ("Access__SigningKeys__0", Credentials.SigningKey),
            ("Polygon__ApiKey", "benchmark"),
            ("Polygon__BaseUrl", "http://127.0.0.1:9"),
            // The load is that of many callers.
            ("Limits__Read__Tokens", "100000000"),
            ("Limits__Write__Tokens", "100000000"),
            ("Limits__Compute__Tokens", "100000000"),
        ];
        await using (var migration = Child.Start("WebApi", folder, ["migrate"], environment))
            await migration.Ends();
        await Credentials.Store(connectionString);
        var child = Child.Start("WebApi", folder, [], environment);
        await child.Answers(new Uri(address, "/health/ready"));
        return child;
    }

    private static async Task<string> Seed(Uri address)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") }.ShowKey();
        var customer = await Made(http, "customers", new { name = "Load", email = "load@example.com" });
        var portfolio = await Made(
            http,
            $"customers/{customer}/portfolios",
            new
            {
                name = "Load",
                currency = "USD",
                cash = "tracked",
            }
        );
        var file = new StringBuilder("date,kind,amount\n");
        var first = new DateOnly(2016, 1, 4);
        for (var i = 0; i < 2_000; i++)
            file.AppendLine(CultureInfo.InvariantCulture, $"{first.AddDays(i):yyyy-MM-dd},deposit,{i + 1}.25");
        using var body = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
        using var imported = await http.PostAsync($"portfolios/{portfolio}/imports", body);
        imported.EnsureSuccessStatusCode();
        return portfolio;
    }

    private static async Task<string> Made(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
