using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Testing;
using Npgsql;

namespace CleanPortfolio.Api.Tests.MarketData;

/// <summary>Holes that a seeded script cuts into a populated market are found exactly, and a repair fills them.</summary>
public sealed class CutHolesTests : IAsyncLifetime
{
    private const int Seed = 20260630;
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(true)] // as if nobody had ever asked
    [InlineData(false)] // as if the provider had lost them at the time
    public async Task The_report_finds_exactly_the_holes_and_a_repair_fills_them(bool forgetFetches)
    {
        var job = (await app.Api.Post("stocks/population", new { from = "2026-05-01", to = "2026-06-29" })).Is(202);
        (await app.Api.WaitForJob(job.Text("id")!)).Text("counts.failed").Should().Be("0");
        var whole = await Missing();
        var before = await Content();

        var cut = await Cut(forgetFetches);
        (await Missing()).Except(whole).Should().BeEquivalentTo(cut.Except(whole)).And.HaveCountGreaterThan(50);
        var repair = (await app.Api.Post("market-data/repair", new { })).Is(202);
        await app.Api.WaitForJob(repair.Text("id")!);

        (await Missing()).Should().BeEquivalentTo(whole);
        (await Content()).Should().Equal(before);
    }

    // Single days and runs of some, at the end of a series too; never its first day: nothing tells that it was one.
    private async Task<HashSet<string>> Cut(bool forgetFetches)
    {
        var random = new Random(Seed);
        var rows = (await Content()).ConvertAll(line => line.Split(' '));
        var cut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stock in rows.GroupBy(row => row[0], StringComparer.Ordinal))
        {
            var days = stock.Select(row => row[1]).Skip(1).ToList();
            for (var holes = 0; holes < 3 && days.Count > 0; holes++)
                cut.UnionWith(days.Skip(random.Next(days.Count)).Take(random.Next(1, 5)).Select(day => $"{stock.Key} {day}"));
        }
        foreach (var hole in cut.Select(line => line.Split(' ')))
            await Execute(
                $"delete from daily_prices p using stocks s where s.id = p.stock_id and s.ticker = '{hole[0]}' and p.date = '{hole[1]}'"
            );
        if (forgetFetches)
            await Execute("delete from fetches");
        return cut;
    }

    private async Task<HashSet<string>> Missing()
    {
        var items = await app.Api.All("market-data/quality?finding=missingDays", limit: 7);
        return items.SelectMany(Days).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Days(JsonElement item) =>
        from finding in item.At("findings").EnumerateArray()
        from day in UsMarketCalendar.Sessions(Findings.Day(finding.Text("from")!), Findings.Day(finding.Text("to")!))
        select $"{item.Text("ticker")} {day.ToString("O", CultureInfo.InvariantCulture)}";

    private async Task<List<string>> Content()
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select concat_ws(' ', s.ticker, p.date, p.close, p.volume) from daily_prices p join stocks s on s.id = p.stock_id order by s.ticker, s.id, p.date",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
