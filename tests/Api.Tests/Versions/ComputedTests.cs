using System.Collections.Concurrent;
using System.Diagnostics;
using CleanPortfolio.Api.Tests.Idempotency;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Pipeline;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Versions;

/// <summary>Its own app: any change of the market's data by another test would be one.</summary>
public sealed class ComputedTests(ComputedTests.App app) : IClassFixture<ComputedTests.App>
{
    private static readonly string[] OfPortfolio =
    [
        "holdings",
        "returns",
        "returns/explain",
        "risk",
        "history?from=2026-01-05&to=2026-03-31",
        "gains",
        "lots",
        "suggested-dividends",
    ];

    private static readonly string[] OfCustomer = ["returns", "returns/explain", "risk", "history?from=2026-01-05&to=2026-03-31"];

    [Fact]
    public async Task Who_holds_the_same_figures_is_told_so_before_anything_is_computed()
    {
        var (paths, _, _) = await Book();
        foreach (var path in paths)
        {
            var first = (await app.Api.Get(path)).Is(200);
            using var work = new Work();

            var again = await Ask(path, first.Headers["ETag"]);

            (again.Status, again.Body).Should().Be((304, ""), path);
            again.Headers["ETag"].Should().Be(first.Headers["ETag"]);
            (first.Headers["Cache-Control"], again.Headers["Cache-Control"]).Should().Be(("no-cache, private", "no-cache, private"));
            work.Names.Should().BeEmpty("nothing is sent for {0}", path);
            work.Statements.Should().HaveCount(2, "one statement tells who calls, and one is enough for {0}", path);
            first.Headers["ETag"].Should().MatchRegex("^\"[0-9a-f]{32}\"$");
            (await Ask(path, $"\"other\", W/{first.Headers["ETag"]}")).Is(304);
        }
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("settings")]
    [InlineData("price")]
    [InlineData("split")]
    [InlineData("dividend")]
    [InlineData("rate")]
    [InlineData("name")]
    [InlineData("today")]
    public async Task After_a_change_of_anything_they_are_computed_again(string change)
    {
        var (paths, portfolio, stock) = await Book();
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
            held[path] = (await app.Api.Get(path)).Is(200).Headers["ETag"];

        await Change(change, portfolio, stock);

        foreach (var (path, tag) in held)
        {
            var again = (await Ask(path, tag)).Is(200);
            again.Headers["ETag"].Should().NotBe(tag);
        }
    }

    [Fact]
    public async Task Another_question_is_no_other_time_of_the_same()
    {
        var (_, portfolio, _) = await Book();
        var one = (await app.Api.Get($"portfolios/{portfolio}/holdings?asOf=2026-03-02")).Headers["ETag"];

        (await Ask($"portfolios/{portfolio}/holdings?asOf=2026-03-03", one)).Is(200);
        (await Ask($"portfolios/{portfolio}/returns?asOf=2026-03-02", one)).Is(200);
    }

    [Fact]
    public async Task Refusals_have_no_version()
    {
        var (_, portfolio, _) = await Book();

        (await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-03-02&to=2026-03-01")).Headers.Should().NotContainKey("ETag");
        (await Ask($"portfolios/{Guid.NewGuid()}/returns", "*")).IsProblem(404, "portfolio.notFound");
    }

    private async Task Change(string what, string portfolio, TestStock stock)
    {
        switch (what)
        {
            case "ledger":
                await app.Buy(portfolio, stock, "2026-01-06", "1", "100");
                break;
            case "settings":
                (await app.Api.Patch($"portfolios/{portfolio}", new { costMethod = "lifo" })).Is(200);
                break;
            case "price":
                await stock.Price(app, "2026-03-31", 99m);
                break;
            case "split":
                await stock.Split(app, "2026-03-30", 1, 2);
                break;
            case "dividend":
                await stock.Dividend(app, "2026-03-16", 0.25m);
                break;
            case "rate":
                await app.Store(("CHF", "USD", "2026-03-02", "1.1"));
                break;
            case "name":
                await app.Execute($"update stocks set ticker = '{Unique.Ticker()}' where id = '{stock.Id}'");
                break;
            default:
                app.Clock.Set(TestClock.Tuesday.AddDays(1));
                break;
        }
    }

    private async Task<(List<string> Paths, string Portfolio, TestStock Stock)> Book()
    {
        app.Clock.Set(TestClock.Tuesday);
        var customer = await app.Customer();
        var portfolio = await app.Portfolio(customer: customer);
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-03-31", 110m)], dividends: [("2026-02-02", 0.5m)]);
        await app.Buy(portfolio, stock, "2026-01-05", "10", "100");
        return (
            [.. OfPortfolio.Select(path => $"portfolios/{portfolio}/{path}"), .. OfCustomer.Select(path => $"customers/{customer}/{path}")],
            portfolio,
            stock
        );
    }

    private Task<Answer> Ask(string path, string tags) => app.Api.Send(HttpMethod.Get, path, null, ("If-None-Match", tags));

    public sealed class App() : TestApp(new TestAppOptions { Workers = 0 });

    /// <summary>Use cases that begin, and statements that are sent, for requests of its test.</summary>
    private sealed class Work : IDisposable
    {
        private readonly ActivityListener _listener;

        public Work()
        {
            var mine = new Activity("test").Start();
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is UseCases.Name or "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStarted = activity =>
                {
                    if (activity.TraceId == mine.TraceId)
                        (activity.Source.Name == "Npgsql" ? Statements : Names).Add(activity.OperationName);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentBag<string> Statements { get; } = [];

        public ConcurrentBag<string> Names { get; } = [];

        public void Dispose()
        {
            Activity.Current?.Stop();
            _listener.Dispose();
        }
    }
}
