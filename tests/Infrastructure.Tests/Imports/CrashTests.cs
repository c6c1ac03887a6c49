using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;

namespace CleanPortfolio.Infrastructure.Tests.Imports;

/// <summary>The process is killed in the middle of writing a large file.</summary>
public sealed class CrashTests
{
    private const int Rows = 50_000;

    [Fact]
    public async Task A_file_whose_commit_is_killed_leaves_nothing_and_is_there_once_after_it_came_again()
    {
        var cluster = await TestCluster.Current;
        var connectionString = await cluster.NewDatabase();
        await using var market = await Simulator.Start(
            new SimulatorOptions { Now = TestClock.NoonOf(TestClock.Tuesday) },
            CancellationToken.None
        );
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Portfolio"] = connectionString,
                ["Polygon:BaseUrl"] = market.BaseAddress.ToString(),
                ["Polygon:ApiKey"] = "key",
                ["Jobs:Workers"] = "0",
                ["Serilog:MinimumLevel:Default"] = "Warning",
            };
            var file = File();
            var portfolio = await Killed(connectionString, settings, file);
            await using var service = await Service.Start(settings);
            (await Count(connectionString, "transactions")).Should().Be(0);
            (await Count(connectionString, "imports")).Should().Be(0);
            (await Count(connectionString, "import_rows")).Should().Be(0);

            (await Import(service, portfolio, file)).Is(201).At("counts.new").GetInt32().Should().Be(Rows);
            (await Import(service, portfolio, file)).Is(201).At("counts.same").GetInt32().Should().Be(Rows);

            (await Count(connectionString, "transactions")).Should().Be(Rows);
        }
        finally
        {
            await cluster.Drop(connectionString);
        }
    }

    private static async Task<string> Killed(string connectionString, Dictionary<string, string> settings, byte[] file)
    {
        await using var service = await Service.Start(settings);
        var customer = (await service.Api.Post("customers", new { name = "Ada", email = "ada@example.com" })).Is(201).Text("id");
        var draft = new
        {
            name = "Mine",
            currency = "USD",
            cash = "tracked",
        };
        var portfolio = (await service.Api.Post($"customers/{customer}/portfolios", draft)).Is(201).Text("id")!;
        var import = Import(service, portfolio, file);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        const string Copying = "select coalesce(max(tuples_processed), 0) from pg_stat_progress_copy where datname = current_database()";
        while (await Sql.Scalar<long>(connectionString, Copying) == 0)
            await Task.Delay(1, limit.Token);
        await service.Kill();
        await import.Invoking(task => task).Should().ThrowAsync<HttpRequestException>("it is to be killed in the middle");
        return portfolio;
    }

    private static Task<Answer> Import(Service service, string portfolio, byte[] file) =>
        service.Api.Send(
            HttpMethod.Post,
            $"portfolios/{portfolio}/imports",
            new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }
        );

    private static Task<long> Count(string connectionString, string table) =>
        Sql.Scalar<long>(connectionString, $"select count(*) from {table}");

    // 2000 days and 500 amounts repeat together: most rows have twins, and every fourth has a key of its own.
    private static byte[] File()
    {
        var text = new StringBuilder("date,kind,amount,note,externalId\n");
        for (var row = 0; row < Rows; row++)
        {
            var day = new DateOnly(2020, 1, 1).AddDays(row % 2000);
            var key = row % 4 == 0 ? $"key-{row}" : "";
            text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},deposit,{(row % 500) + 1}.25,row {row % 7},{key}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
