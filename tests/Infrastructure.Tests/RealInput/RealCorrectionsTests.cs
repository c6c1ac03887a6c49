using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Infrastructure.Tests.Making;
using CleanPortfolio.PolygonSimulator;
using Npgsql;
using Xunit.Abstractions;

namespace CleanPortfolio.Infrastructure.Tests.RealInput;

/// <summary>
/// The whole American market, evening by evening as the schedules fetch it, with the real corrections: each session's prices are told with
/// their first values in its evening, and as they were corrected from the next one on.
/// </summary>
public sealed class RealCorrectionsTests(ITestOutputHelper output)
{
    // Sessions to live through: a few by default, 60 took some two minutes.
    private const string Variable = "CORRECTION_SESSIONS";
    private const int CorrectedAgain = 5;
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "8", CultureInfo.InvariantCulture);

    // One more than is checked: its evening corrects the last of them.
    private static readonly DateOnly[] Sessions = [.. UsMarketCalendar.Sessions(new(2015, 3, 20), new(2017, 3, 31)).Take(Count + 1)];
    private static readonly DateOnly Last = Sessions[^2];
    private static readonly DateOnly After = Sessions[^1];

    [MarketDataFact]
    public async Task Every_correction_is_stored_with_its_audit_row_and_nothing_else_changes()
    {
        var corrections = CorrectionFile.Corrections(Last).ToList();
        corrections.Should().OnlyContain(c => c.SeenNext <= After).And.HaveCountGreaterThan(50);
        var app = await Start();
        try
        {
            var watch = Stopwatch.StartNew();
            foreach (var session in Sessions)
                await Evening(app, session);
            Tell(watch, corrections, app);

            // The file has closes of a hundredth of those around them, which the checks hold: such a day tells its story in more rows.
            var (changes, held) = (await Changes(app), await Held(app));
            var judged = changes.Where(change => change.Source == "checks").Select(change => change.Day).ToHashSet();
            var audited = changes.Where(change => change.Source == "provider").ToList();
            var plain = corrections.Where(c => !judged.Contains((c.Ticker, c.New.Date))).ToList();
            audited
                .Where(change => !judged.Contains(change.Day))
                .Select(Of)
                .Should()
                .HaveCount(plain.Count)
                .And.BeSubsetOf(plain.Select(Of));
            audited.Where(change => judged.Contains(change.Day)).Select(Of).Should().BeSubsetOf(corrections.Select(Of));
            changes.Should().HaveCount(audited.Count + changes.Count(change => change.Source == "checks"));

            var stored = await Prices(app);
            var file = CorrectionFile.Bars(Last).ToHashSet();
            stored.Should().HaveCount(file.Count - held.Count);
            stored.IsSubsetOf(file).Should().BeTrue();
            file.ExceptWith(stored);
            file.SetEquals(held).Should().BeTrue();
            Tell(
                $"{audited.Count} audit rows of the provider, {judged.Count} days judged, {held.Count} held; {stored.Count} prices as in the file"
            );
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static Task<TestApp> Start() =>
        TestApp.Start(
            new TestAppOptions
            {
                Market = new SimulatorOptions
                {
                    DataFolder = Checkout.MarketData,
                    DataPrefix = "us_market",
                    Now = EveningOf(Sessions[0]),
                },
                // A paid plan tells a session in its evening; nothing runs by itself.
                Settings = new[] { "DailyPrices", "Corrections", "Actions", "Universe", "GapRepair" }
                    .ToDictionary(name => $"Schedules:{name}:Enabled", _ => "false", StringComparer.Ordinal)
                    .Append(new("Polygon:Plan", "Starter"))
                    .ToDictionary(StringComparer.Ordinal),
            }
        );

    private static async Task Evening(TestApp app, DateOnly session)
    {
        app.Clock.Set(EveningOf(session));
        app.Market.Now = EveningOf(session);
        foreach (var schedule in new[] { "dailyPrices", "corrections" })
        {
            var job = await app.Api.WaitForJob((await app.Api.Post($"schedules/{schedule}/run")).Is(202).Text("id")!);
            // The first evenings ask for sessions before the file begins, which have no data.
            var done = session >= Sessions[CorrectedAgain - 1] ? "succeeded" : "partiallySucceeded";
            job.Text("status").Should().BeOneOf(["succeeded", done], "{0} of {1} is {2}", schedule, session, job.Body);
        }
    }

    // Half past six in New York, in summer time.
    private static DateTimeOffset EveningOf(DateOnly session) => new(session, new TimeOnly(22, 30), TimeSpan.Zero);

    private static (string, CsvBar?, CsvBar?) Of(CsvCorrection correction) => (correction.Ticker, correction.Old, correction.New);

    private static (string, CsvBar?, CsvBar?) Of(Change change) => (change.Day.Ticker, change.Old, change.New);

    private static async Task<List<Change>> Changes(TestApp app)
    {
        var tickers = (await Read(app, "select id, ticker from stocks", row => (row.GetGuid(0), row.GetString(1)))).ToDictionary(
            row => row.Item1.ToString(),
            row => row.Item2,
            StringComparer.Ordinal
        );
        return (await app.Api.All($"market-data/corrections?to={Last:yyyy-MM-dd}")).ConvertAll(row => new Change(
            (tickers[row.Text("stockId")!], Day(row)),
            row.Text("source")!,
            Bar(row, "old"),
            Bar(row, "new")
        ));
    }

    // What is held is kept as a jump, and nothing was refused for another reason.
    private static async Task<HashSet<(string, CsvBar)>> Held(TestApp app)
    {
        var rows = await app.Api.All("market-data/quarantine");
        rows.Texts("reason").Should().OnlyContain(reason => reason == "jump");
        return
        [
            .. from row in rows where row.Text("status") == "held" && Day(row) <= Last select (row.Text("ticker")!, Bar(row, "content")!),
        ];
    }

    private static CsvBar? Bar(JsonElement row, string side) =>
        row.At(side).ValueKind is JsonValueKind.Null
            ? null
            : new CsvBar(
                Day(row),
                row.Exact($"{side}.open")!.Value,
                row.Exact($"{side}.high")!.Value,
                row.Exact($"{side}.low")!.Value,
                row.Exact($"{side}.close")!.Value,
                row.Exact($"{side}.volume")!.Value
            );

    private static DateOnly Day(JsonElement row) => DateOnly.Parse(row.Text("date")!, CultureInfo.InvariantCulture);

    private static async Task<HashSet<(string, CsvBar)>> Prices(TestApp app) =>
        [
            .. await Read(
                app,
                $"select s.ticker, p.date, p.open, p.high, p.low, p.close, p.volume from daily_prices p join stocks s on s.id = p.stock_id where p.date <= '{Last:yyyy-MM-dd}'",
                row => (row.GetString(0), new CsvBar(row.GetFieldValue<DateOnly>(1), D(row, 2), D(row, 3), D(row, 4), D(row, 5), D(row, 6)))
            ),
        ];

    private static decimal D(NpgsqlDataReader row, int column) => row.GetDecimal(column);

    private static async Task<List<T>> Read<T>(TestApp app, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private void Tell(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Tell(Stopwatch watch, List<CsvCorrection> corrections, TestApp app) =>
        Tell(
            $"{Sessions.Length} evenings in {watch.Elapsed.TotalSeconds:F0} s, {app.Market.Calls.Count} calls, {corrections.Count} corrections, {corrections.Count(c => c.Old with { Volume = 0 } != c.New with { Volume = 0 })} of them of a price, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB with the simulated market"
        );

    private sealed record Change((string Ticker, DateOnly Date) Day, string Source, CsvBar? Old, CsvBar? New);
}
