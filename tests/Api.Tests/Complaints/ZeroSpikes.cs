using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: the chart falls to zero on holidays. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(LedgerApp.Name)]
public sealed class ZeroSpikes(TestApp app)
{
    [Fact]
    public async Task Zero_spikes_on_holidays()
    {
        // Friday; Monday, 19 January 2026, is a holiday.
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-16", 100m), ("2026-01-20", 110m)]);
        await app.Buy(id, stock, "2026-01-16", "10", "100");

        var history = (await app.Api.Get($"portfolios/{id}/history?from=2026-01-16&to=2026-01-20")).Is(200);
        var monday = (await app.Api.Get($"portfolios/{id}/returns?from=2026-01-19&to=2026-01-19")).Is(200);

        history.At("points").EnumerateArray().Select(point => point.Exact("value")).Should().Equal(1000m, 1000m, 1000m, 1000m, 1100m);
        history.Text("quality.status").Should().Be("complete");
        monday.At("measures.timeWeighted").GetDouble().Should().Be(0);
        (await Twr(id, "2026-01-16", "2026-01-20")).Should().BeApproximately(0.1, 1e-12);
    }

    [Fact]
    public async Task Zero_spikes_where_the_provider_left_a_day_out()
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-07", 120m)]);
        var other = await TestStock.In(app, [("2026-01-05", 10m), ("2026-01-06", 11m), ("2026-01-07", 12m)]);
        await app.Buy(id, stock, "2026-01-05", "1", "100");
        await app.Buy(id, other, "2026-01-05", "10", "10");

        var history = (await app.Api.Get($"portfolios/{id}/history?from=2026-01-05&to=2026-01-07")).Is(200);

        // 100 + 100; 100 still + 110; 120 + 120
        history.At("points").EnumerateArray().Select(point => point.Exact("value")).Should().Equal(200m, 210m, 240m);
    }

    [Fact]
    public async Task Zero_spikes_of_what_is_booked_on_a_week_end()
    {
        // Bought on Saturday: worth Friday's close at once.
        var id = await app.Portfolio(cash: "tracked");
        var stock = await TestStock.In(app, [("2026-01-09", 100m), ("2026-01-12", 100m)]);
        await app.Record(id, Story.Money("deposit", "2026-01-09", "1000"));
        await app.Buy(id, stock, "2026-01-10", "10", "100");

        var history = (await app.Api.Get($"portfolios/{id}/history?from=2026-01-09&to=2026-01-12")).Is(200);

        history.At("points").EnumerateArray().Select(point => point.Exact("value")).Should().Equal(1000m, 1000m, 1000m, 1000m);
        (await Twr(id, "2026-01-09", "2026-01-12")).Should().Be(0);
    }

    private async Task<double> Twr(string portfolio, string from, string to) =>
        (await app.Api.Get($"portfolios/{portfolio}/returns?from={from}&to={to}")).At("measures.timeWeighted").GetDouble();
}
