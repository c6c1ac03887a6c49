using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Infrastructure.Tests.Making;
using Xunit.Abstractions;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>
/// Three overlapping jobs on one database, a provider that does everything wrong, and a process that is killed again and again, all drawn by
/// a seed. The environment variables KILLS and SEED say how often (100 for the proof) and which.
/// </summary>
public sealed class HundredKillsTests(ITestOutputHelper output)
{
    private const int EnoughForEveryFault = 50;
    private static readonly int Kills = Number("KILLS", 3);
    private static readonly int Seed = Number("SEED", 1);

    [Fact]
    public async Task Whatever_fails_and_is_killed_the_database_ends_as_if_nothing_had_happened()
    {
        var now = DateTimeOffset.UtcNow;
        await using var calm = await FaultyWorld.Set(now);
        await using var rough = await FaultyWorld.Set(now);
        await using var undisturbed = await calm.Start();
        await calm.Populate(undisturbed);
        await calm.Mend(undisturbed);
        var expected = await MarketContent.FactsOf(calm.ConnectionString);

        foreach (var fault in await EveryFault.Of(Seed, calm.ConnectionString, calm.MarketFrom))
            rough.Market.Add(fault);
        var dice = new Random(Seed);
        for (var kill = 1; kill <= Kills; kill++)
            await LiveAndDie(rough, dice);
        await using var last = await rough.Start();
        await rough.Settle(last);
        await EveryFaultWasPlayed(rough);
        await EveryGapIsListed(calm, rough, last);

        rough.TellTheTruth();
        await rough.Mend(last);
        // What was only told of the wrong day is no gap, but a conflict that waits for somebody.
        var conflicts = (await last.Api.All("market-data/split-conflicts")).Texts("ticker").ToHashSet();
        expected.RemoveAll(row => IsShiftedSplit(row) && conflicts.Contains(EveryFault.Shifted));
        Compare(await MarketContent.FactsOf(rough.ConnectionString), expected);

        await calm.Refresh(undisturbed);
        await rough.Refresh(last);
        Compare(
            await MarketContent.Of(rough.ConnectionString, FaultyWorld.Own),
            await MarketContent.Of(calm.ConnectionString, FaultyWorld.Own)
        );
    }

    private static async Task LiveAndDie(FaultyWorld world, Random dice)
    {
        await using var service = await world.Start();
        if (world.Jobs.Count == 0)
            await world.Populate(service);
        else if (await world.IsIdle(service) && (dice.Next(2) == 0 || await world.Retry(service) == 0))
            await world.Populate(service, refresh: true);
        await world.Calls(dice.Next(1, 25));
        await Task.Delay(dice.Next(0, 150));
        await service.Kill();
    }

    private async Task EveryFaultWasPlayed(FaultyWorld world)
    {
        using var http = new HttpClient();
        var faults = JsonDocument.Parse(await http.GetStringAsync(new Uri(world.Market.BaseAddress, "simulator/faults")));
        var hits = faults
            .RootElement.EnumerateArray()
            .GroupBy(one =>
                (Kind: one.Text("fault.kind"), Garbage: one.Text("fault.kind") is "garbageRow" ? one.Text("fault.garbage") : "")
            )
            .Select(same => (same.Key.Kind, same.Key.Garbage, Hits: same.Sum(one => one.At("hit").GetInt32())))
            .ToList();
        output.WriteLine($"Seed {Seed}, {Kills} kills; {string.Join(", ", hits.Select(hit => $"{hit.Kind} {hit.Garbage} {hit.Hits}"))}");
        foreach (
            var counts in new[]
            {
                "select kind, status, count(*) from jobs group by 1, 2",
                "select reason, status, count(*) from quarantined_rows group by 1, 2",
            }
        )
            output.WriteLine(string.Join(' ', (await Sql.Lines(world.ConnectionString, counts)).Order(StringComparer.Ordinal)));
        if (Kills >= EnoughForEveryFault)
            hits.Should().NotContain(hit => hit.Hits == 0);
    }

    private async Task EveryGapIsListed(FaultyWorld calm, FaultyWorld rough, Service service)
    {
        const string Prices = "select ticker, date from daily_prices join stocks on id = stock_id";
        var there = (await Sql.Lines(rough.ConnectionString, Prices)).ConvertAll(TickerDay.Parse).ToHashSet();
        var gaps = (await Sql.Lines(calm.ConnectionString, Prices)).ConvertAll(TickerDay.Parse).Where(day => !there.Contains(day)).ToList();
        var reasons = await Missing(service);
        reasons.AddRange(await Held(service));
        reasons.AddRange(await Failed(rough, service));
        var silent = gaps.Where(gap => !reasons.Exists(reason => reason.Explains(gap))).ToList();
        output.WriteLine(
            $"{gaps.Count} prices lacking, {silent.Count} without a reason; jobs say {string.Join(", ", await Failed(rough, service))}"
        );
        silent.Should().BeEmpty();
    }

    private static async Task<List<Listed>> Missing(Service service) =>
        [
            .. (await service.Api.All($"market-data/quality?from={FaultyWorld.From:yyyy-MM-dd}")).SelectMany(item =>
                item.At("findings")
                    .EnumerateArray()
                    .Where(finding => finding.Text("finding") is "missingDays" or "stale" && finding.Text("reason") is not null)
                    .Select(finding => new Listed(item.Text("ticker"), Day(finding, "from"), Day(finding, "to"), finding.Text("reason")!))
            ),
        ];

    // A row that says it is of a day to come hides which day it is of.
    private static async Task<IEnumerable<Listed>> Held(Service service) =>
        (await service.Api.All("market-data/quarantine"))
            .Where(row => row.Text("ticker") is not null && row.Text("date") is not null)
            .Select(row => (Ticker: row.Text("ticker"), Date: Day(row, "date"), Reason: row.Text("reason")!))
            .Select(row => new Listed(row.Ticker, row.Reason is "futureDate" ? DateOnly.MinValue : row.Date, row.Date, row.Reason));

    private static async Task<List<Listed>> Failed(FaultyWorld world, Service service)
    {
        var failed = new List<Listed>();
        foreach (var id in world.Jobs)
        {
            var job = (await service.Api.Get($"jobs/{id}")).Is(200).Json;
            foreach (var item in await service.Api.All($"jobs/{id}/items?status=failed"))
                failed.Add(
                    DateOnly.TryParseExact(item.Text("key"), "yyyy-MM-dd", out var session)
                        ? new Listed(null, session, session, item.Text("reason")!)
                        : new Listed(item.Text("key"), Day(job, "from"), Day(job, "to"), item.Text("reason")!)
                );
        }
        return failed;
    }

    private static bool IsShiftedSplit(string row) =>
        row.StartsWith($"({EveryFault.Shifted},", StringComparison.Ordinal) && row.Split(',').Length == 4;

    private static void Compare(List<string> actual, List<string> expected)
    {
        actual.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(5000);
        actual.Except(expected).Should().BeEmpty("nothing else may be there");
        expected.Except(actual).Should().BeEmpty("all of it must be there");
    }

    private static DateOnly Day(JsonElement json, string path) =>
        DateOnly.ParseExact(json.Text(path)!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>Days of a ticker, or of all, and why they lack.</summary>
    private sealed record Listed(string? Ticker, DateOnly From, DateOnly To, string Reason)
    {
        public bool Explains(TickerDay day) => (Ticker is null || Ticker == day.Ticker) && From <= day.Date && day.Date <= To;
    }
}
