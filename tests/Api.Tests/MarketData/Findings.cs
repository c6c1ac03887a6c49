using System.Globalization;
using System.Text.Json;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain.Calendars;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.MarketData;

/// <summary>What tests of the quality report share.</summary>
internal static class Findings
{
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A stock with a close of 100 on every session of a range but some.</summary>
    public static Task<TestStock> StockWithout(this TestApp app, string from, string to, params string[] holes) =>
        TestStock.In(app, Closes(from, to, holes));

    public static IEnumerable<(string Date, decimal Close)> Closes(string from, string to, params string[] holes) =>
        UsMarketCalendar
            .Sessions(Day(from), Day(to))
            .Select(day => day.ToString("O", CultureInfo.InvariantCulture))
            .Except(holes, StringComparer.Ordinal)
            .Select(day => (day, 100m));

    /// <summary>What is found about one ticker, each as one line.</summary>
    public static async Task<List<string>> FindingsOf(this TestApp app, string ticker, string more = "")
    {
        var items = (await app.Api.Get($"market-data/quality?ticker={Uri.EscapeDataString(ticker)}{more}")).Is(200).At("items");
        return [.. items.EnumerateArray().SelectMany(Lines)];
    }

    public static IEnumerable<string> Lines(JsonElement item) =>
        item.At("findings")
            .EnumerateArray()
            .Select(one => $"{one.Text("finding")} {one.Text("from")} {one.Text("to")} {one.Text("sessions")} {one.Text("reason")}".Trim());

    /// <summary>Writes that the provider was asked for bars of a ticker.</summary>
    public static async Task Asked(
        this TestApp app,
        string ticker,
        string from,
        string to,
        FetchOutcome outcome = FetchOutcome.Stored,
        FetchKind kind = FetchKind.Bars
    )
    {
        var answer = new FetchAnswer(app.Clock.GetUtcNow(), 1, outcome);
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        if (await database.Fetches.FindAsync(kind, ticker, Day(from), Day(to)) is { } known)
            known.Answered(answer);
        else
            database.Fetches.Add(new Fetch(kind, ticker, Day(from), Day(to), answer));
        await database.SaveChanges(CancellationToken.None);
    }

    /// <summary>Adds rows that no request makes.</summary>
    public static async Task Save(this TestApp app, Action<IDatabase> add)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        add(database);
        await database.SaveChanges(CancellationToken.None);
    }
}
