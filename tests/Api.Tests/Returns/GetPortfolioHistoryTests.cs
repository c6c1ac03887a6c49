using System.Text.Json;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Returns;

[Collection(LedgerApp.Name)]
public sealed class GetPortfolioHistoryTests(TestApp app)
{
    [Fact]
    public async Task Months_are_as_worked_out_by_hand()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-01&to=2026-03-31&resolution=month");

        var points = answer.Is(200).At("points").EnumerateArray().ToList();
        points.Texts("date").Should().Equal("2026-01-31", "2026-02-28", "2026-03-31");
        points.Select(point => point.Exact("value")).Should().Equal(1105, 900, 991.5m);
        points.Select(point => point.Exact("netInflow")).Should().Equal(1001.5m, -299, -4.375m);
    }

    [Fact]
    public async Task Cost_and_return_of_months_are_as_worked_out_by_hand()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-01&to=2026-03-31&resolution=month");

        var points = answer.Is(200).At("points").EnumerateArray().ToList();
        // 5 of 20 shares leave with a quarter of 1001.50.
        points.Select(point => point.Exact("cost")).Should().Equal(1001.5m, 751.125m, 751.125m);
        // January 1105 / 1001.5; February (900 + 299) / 1105; March a dividend of 6.375 out, a fee of 2 in.
        var march = 906.375 / 900 * 900 / 902 * 991.5 / 900;
        Near(points, [1105 / 1001.5, 1199 / 1001.5, 1199 / 1001.5 * march]);
    }

    [Theory]
    [InlineData("2026-01-13", null)]
    [InlineData("2026-01-14", "2026-01-05")]
    public async Task A_hole_of_prices_in_the_middle_is_stale_from_its_eighth_day_on(string next, string? priced)
    {
        var portfolio = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), (next, 110m)]);
        await app.Buy(portfolio, stock, "2026-01-05", "1", "100");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-05&to=2026-01-15")).Is(200);

        answer.Text("quality.status").Should().Be(priced is null ? "complete" : "estimated");
        answer.At("quality.reasons").EnumerateArray().Texts("date").Should().Equal(priced is null ? [] : [priced]);
    }

    [Theory]
    [InlineData("holdings", "marketValue")]
    [InlineData("lots", "openLots")]
    [InlineData("gains", "matchedLots")]
    [InlineData("history", "dailyValues")]
    [InlineData("risk", "dailyTimeWeighted")]
    public async Task Every_computed_answer_names_its_method_and_conventions(string figures, string method)
    {
        var (portfolio, _) = await Books.External(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/{figures}")).Is(200);

        answer.Text("method").Should().Be(method);
        answer.At("conventions").EnumerateObject().Should().NotBeEmpty();
        if (figures is not ("risk" or "history"))
            answer.Text("conventions.costMethod").Should().Be("fifo");
        if (figures is not "gains")
            answer.Text("asOf").Should().NotBeNull();
    }

    [Fact]
    public async Task A_stock_has_a_history_of_its_own()
    {
        var (portfolio, stock) = await Books.Tracked(app);

        var answer = await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-01&to=2026-03-31&resolution=month&stockId={stock.Id}");

        answer.Is(200).Text("stockId").Should().Be(stock.Id);
        var points = answer.At("points").EnumerateArray().ToList();
        points.Select(point => point.Exact("value")).Should().Equal(1000, 9 * 121, 7 * 130);
        // 10 bought for 1001, dividend 6.80 out; 4 sold for 480, 3 brought in at 121; 2 of these, the oldest, gone at 125.
        points.Select(point => point.Exact("netInflow")).Should().Equal(1001 - 6.8m, -480 + 363, -250);
        points.Select(point => point.Exact("cost")).Should().Equal(1001, 600.6m + 270, 600.6m + 90);
        var january = 1000 / 1001.0 * 1006.8 / 1000;
        // The sale: (721.5 + 480) / 1000; then 726 / 721.5; on the day of the transfer in (726 + 363) / (726 + 363).
        var february = january * 1201.5 / 1000 * 726 / 721.5;
        Near(points, [january, february, february * (7 * 125 + 250) / (9 * 121) * 130 / 125]);
    }

    [Fact]
    public async Task Returns_that_end_on_the_way_say_why()
    {
        var portfolio = await app.Portfolio("tracked");
        var stock = await TestStock.In(app, [("2026-01-05", 10m), ("2026-01-06", 1m)]);
        await app.Record(portfolio, Story.Money("deposit", "2026-01-05", "10"));
        await app.Buy(portfolio, stock, "2026-01-05", "10", "10");

        var answer = (await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-05&to=2026-01-07")).Is(200);

        // 10 shares on 90 of debt: 10, then -80, on which nothing can be earned.
        var points = answer.At("points").EnumerateArray().ToList();
        points.Select(point => point.Exact("value")).Should().Equal(10, -80, -80);
        points.Texts("timeWeighted").Should().Equal("0", "-9", null);
        (answer.Text("quality.reasons.0.code"), answer.Text("quality.reasons.0.date")).Should().Be(("capitalNotPositive", "2026-01-07"));
    }

    private static void Near(List<JsonElement> points, double[] factors)
    {
        var told = points.ConvertAll(point => point.Number("timeWeighted")!.Value);
        told.Zip(factors, (one, factor) => Math.Abs(one - (factor - 1))).Max().Should().BeLessThan(1e-13, "they are {0}", told);
    }

    [Fact]
    public async Task Every_day_has_the_value_that_holdings_tell_of_it()
    {
        var (portfolio, _) = await Books.Tracked(app);

        var answer = (await app.Api.Get($"portfolios/{portfolio}/history?from=2026-02-09&to=2026-02-16")).Is(200);

        answer.Text("resolution").Should().Be("day");
        var points = answer.At("points").EnumerateArray().ToList();
        points.Should().HaveCount(8);
        foreach (var point in points)
        {
            var holdings = await app.Api.Get($"portfolios/{portfolio}/holdings?asOf={point.Text("date")}");
            point.Exact("value").Should().Be(holdings.Exact("totalValue"));
        }
    }

    [Fact]
    public async Task Weeks_end_on_Sunday_and_the_last_day_is_always_told()
    {
        var (portfolio, _) = await Books.External(app);

        var answer = await app.Api.Get($"portfolios/{portfolio}/history?from=2026-01-05&to=2026-01-20&resolution=week");

        answer.At("points").EnumerateArray().Texts("date").Should().Equal("2026-01-11", "2026-01-18", "2026-01-20");
    }

    [Theory]
    [InlineData("resolution=year", "resolution")]
    [InlineData("resolution=99", "resolution")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("from=1825-01-01&to=2025-01-01", "from", "to")]
    public async Task What_is_no_series_is_refused(string query, params string[] paths) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/history?{query}")).IsInvalid(paths);

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/history")).IsProblem(404, "portfolio.notFound");
}
