using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: dates are off by one. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(MarketApp.Name)]
public sealed class DatesOffByOne(TestApp app) : IDisposable
{
    public void Dispose() => app.Clock.Set(TestClock.Tuesday);

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("2025-12-31")]
    [InlineData("2026-03-08")] // clocks go forward in New York
    [InlineData("2026-03-29")] // and in Europe
    public async Task Dates_off_by_one_after_a_round_trip(string date)
    {
        var id = await app.Portfolio(cash: "tracked");
        var entry = await app.Record(id, Story.Money("deposit", date, "1"));

        entry.Text("date").Should().Be(date);
        (await app.Api.Get(entry.Location!)).Text("date").Should().Be(date);
        var points = (await app.Api.Get($"portfolios/{id}/history?from={date}&to={date}")).At("points").EnumerateArray();
        points.Select(point => (point.Text("date"), point.Exact("netInflow"))).Should().Equal((date, 1m));
    }

    [Fact]
    public async Task Dates_off_by_one_late_in_the_evening()
    {
        // Half past eleven at night on Tuesday in New York is Wednesday in Greenwich.
        app.Clock.Set(new DateTimeOffset(2026, 6, 30, 23, 30, 0, TimeSpan.FromHours(-4)));
        var id = await app.Portfolio(cash: "tracked");

        (await app.TryRecord(id, Story.Money("deposit", "2026-07-01", "1"))).IsProblem(422, "transaction.futureDate");
        await app.Record(id, Story.Money("deposit", "2026-06-30", "1"));
        (await app.Api.Get($"portfolios/{id}/holdings")).Text("asOf").Should().Be("2026-06-30");
    }

    [Fact]
    public async Task Dates_off_by_one_at_the_ends_of_a_range()
    {
        // 100, 110, 121: a day's return is from the close before to its own.
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-06", 110m), ("2026-01-07", 121m)]);
        await app.Buy(id, stock, "2026-01-05", "10", "100");

        foreach (var (day, opening, gain) in new[] { ("2026-01-05", 0m, 0m), ("2026-01-06", 1000m, 100m), ("2026-01-07", 1100m, 110m) })
        {
            var answer = (await app.Api.Get($"portfolios/{id}/returns?from={day}&to={day}")).Is(200);
            (answer.Exact("total.openingValue"), answer.Exact("total.gain")).Should().Be((opening, gain), day);
        }
    }

    [Fact]
    public async Task Dates_off_by_one_in_the_prices()
    {
        // The provider stamps a session with an instant, midnight or the close in New York, in winter and in summer.
        (await app.Populate("2024-03-07", "2024-03-12", "ELDF"))
            .Text("status")
            .Should()
            .Be("succeeded");

        var prices = (await app.Api.Get($"stocks/{await app.StockId("ELDF")}/prices?from=2024-03-01&to=2024-03-31")).At("prices");

        prices.EnumerateArray().Texts("date").Should().Equal("2024-03-07", "2024-03-08", "2024-03-11", "2024-03-12");
    }

    [Fact]
    public async Task The_dividend_goes_to_who_bought_on_its_ex_date()
    {
        var (early, late) = (await app.Portfolio(), await app.Portfolio());
        var stock = await TestStock.In(app, [("2026-01-05", 100m)], dividends: [("2026-01-07", 1m)]);
        await app.Buy(early, stock, "2026-01-06", "10", "100");
        await app.Buy(late, stock, "2026-01-07", "10", "100");

        (await app.Api.Get($"portfolios/{early}/suggested-dividends")).Exact("dividends.0.gross").Should().Be(10);
        (await app.Api.Get($"portfolios/{late}/suggested-dividends")).At("dividends").GetArrayLength().Should().Be(0);
    }
}
