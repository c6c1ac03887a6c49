using System.Globalization;
using CleanPortfolio.Infrastructure.Tests.Making;
using Xunit.Abstractions;

namespace CleanPortfolio.Infrastructure.Tests.Population;

/// <summary>
/// Three overlapping jobs on one database, a provider that does everything wrong, and a process that is killed again and again, all drawn by
/// a seed. The environment variables KILLS and SEED say how often (100 for the proof) and which.
/// </summary>
public sealed class HundredKillsTests(ITestOutputHelper output)
{
    private static readonly int Kills = Number("KILLS", 6);
    private static readonly int Seed = Number("SEED", 1);

    [Fact]
    public async Task Whatever_fails_and_is_killed_the_database_ends_as_if_nothing_had_happened()
    {
        var now = DateTimeOffset.UtcNow;
        await using var calm = await FaultyWorld.Set(now);
        await using var rough = await FaultyWorld.Set(now);
        var dice = new Random(Seed);
        await using var calmly = await calm.Start();
        await calm.Populate(calmly);
        await calm.Mend(calmly);
        Lap("calm");
        var expected = await MarketContent.FactsOf(calm.ConnectionString);

        foreach (var fault in await EveryFault.Of(Seed, calm.ConnectionString, calm.MarketFrom))
            rough.Market.Add(fault);
        for (var kill = 1; kill <= Kills; kill++)
            await LiveAndDie(rough, dice);
        Lap("killed");
        await using var last = await rough.Start();
        await rough.Settle(last);
        await Report(rough);
        Lap("last");
        await EveryGapIsListed(calm, rough, last);

        rough.TellTheTruth();
        await rough.Mend(last);
        Lap("mended");
        var conflicts = (await last.Api.All("market-data/split-conflicts")).Texts("ticker").ToList();
        Compare(
            await MarketContent.FactsOf(rough.ConnectionString),
            [.. expected.Where(row => !IsShifted(row) || !conflicts.Contains(EveryFault.ShiftedTicker))]
        );

        await calm.Refresh(calmly);
        await rough.Refresh(last);
        Lap("refreshed");
        Compare(await MarketContent.Of(rough.ConnectionString), await MarketContent.Of(calm.ConnectionString));
    }

    private static async Task LiveAndDie(FaultyWorld world, Random dice)
    {
        await using var service = await world.Start();
        if (world.Jobs.Count == 0)
            await world.Populate(service);
        else if (await world.IsIdle(service) && await world.Retry(service) == 0)
            await world.Populate(service, refresh: true);
        await world.Calls(dice.Next(1, 25));
        await Task.Delay(dice.Next(0, 150));
        await service.Kill();
    }

    private async Task EveryGapIsListed(FaultyWorld calm, FaultyWorld rough, Service service)
    {
        const string Prices = "select ticker, date from daily_prices join stocks on id = stock_id order by 1, 2";
        var there = (await Sql.Lines(rough.ConnectionString, Prices)).ConvertAll(TickerDay.Parse).ToHashSet();
        var gaps = (await Sql.Lines(calm.ConnectionString, Prices)).ConvertAll(TickerDay.Parse).Where(day => !there.Contains(day)).ToList();
        var listed = (await service.Api.All("market-data/quality?from=2021-06-01"))
            .SelectMany(item =>
                item.At("findings")
                    .EnumerateArray()
                    .Where(finding => finding.Text("finding") is "missingDays" or "stale" && finding.Text("reason") is not null)
                    .Select(finding => (Ticker: item.Text("ticker"), From: Day(finding.Text("from")), To: Day(finding.Text("to"))))
            )
            .ToList();
        var held = (await service.Api.All("market-data/quarantine"))
            .Where(row => row.Text("ticker") is not null && row.Text("date") is not null)
            .Select(row => (row.Text("ticker")!, row.Text("reason")!, Day(row.Text("date"))))
            .ToHashSet();
        var failed = await Sql.Lines(
            rough.ConnectionString,
            "select key, i.first_day, i.last_day, reason from job_items i where status = 'failed' and work in ('stock', 'session')"
        );
        var ranges = failed.ConvertAll(row => row.Trim('(', ')').Split(','));
        bool HasFailed(TickerDay gap) =>
            ranges.Any(row => (row[0] == gap.Ticker || row[1] == row[2]) && Day(row[1]) <= gap.Date && gap.Date <= Day(row[2]));
        var silent = gaps.Where(gap =>
                !listed.Any(one => one.Ticker == gap.Ticker && one.From <= gap.Date && gap.Date <= one.To)
                && !HasFailed(gap)
                && !held.Any(one => one.Item1 == gap.Ticker && (one.Item3 == gap.Date || one.Item2 == "futureDate"))
            )
            .ToList();
        output.WriteLine($"{gaps.Count} gaps, {silent.Count} silent, {failed.Count} items failed: {string.Join(' ', failed)}");
        output.WriteLine(
            string.Join(
                ' ',
                silent.GroupBy(gap => gap.Ticker).Select(gap => $"{gap.Key} {gap.Min(g => g.Date)}..{gap.Max(g => g.Date)} {gap.Count()}")
            )
        );
        silent.Take(5).Should().BeEmpty();
    }

    private readonly System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();

    private void Lap(string what) => output.WriteLine($"{watch.Elapsed.TotalSeconds:f1} s {what}");

    private async Task Report(FaultyWorld world)
    {
        using var http = new HttpClient();
        var faults = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(new Uri(world.Market.BaseAddress, "simulator/faults")));
        var hits = faults
            .RootElement.EnumerateArray()
            .GroupBy(one => $"{one.Text("fault.kind")}{(one.Text("fault.kind") is "garbageRow" ? $":{one.Text("fault.garbage")}" : "")}")
            .Select(same => $"{same.Key} {same.Sum(one => one.At("hit").GetInt32())}");
        output.WriteLine(string.Join(", ", hits));
        output.WriteLine(
            string.Join(
                ' ',
                await Sql.Lines(world.ConnectionString, "select reason, status, count(*) from quarantined_rows group by 1, 2 order by 1, 2")
            )
        );
        output.WriteLine(
            string.Join(' ', await Sql.Lines(world.ConnectionString, "select kind, status, count(*) from jobs group by 1, 2 order by 1, 2"))
        );
    }

    private static bool IsShifted(string row) =>
        row.StartsWith($"({EveryFault.ShiftedTicker},2023-06-14,", StringComparison.Ordinal) && row.Split(',').Length == 4;

    private static void Compare(List<string> actual, List<string> expected)
    {
        actual.Should().OnlyHaveUniqueItems();
        actual.Except(expected).Should().BeEmpty("nothing else may be there");
        expected.Except(actual).Should().BeEmpty("all must be there");
        actual.Should().HaveCount(expected.Count).And.HaveCountGreaterThan(5000);
    }

    private static DateOnly Day(string? text) => DateOnly.ParseExact(text!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
