using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: what is not known is told as zero. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(LedgerApp.Name)]
public sealed class SilentZeros(TestApp app)
{
    [Fact]
    public async Task Silent_zeros_instead_of_an_unknown_price()
    {
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, []);
        await app.Buy(id, stock, "2026-01-05", "2", "50");

        var holdings = await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-01-31");
        var lots = await app.Api.Get($"portfolios/{id}/lots?asOf=2026-01-31");

        (holdings.Text("holdings.0.price"), holdings.Exact("totalValue")).Should().Be((null, 100m));
        holdings.Text("holdings.0.marks.0").Should().Be("priceMissing");
        (lots.Text("stocks.0.lots.0.value"), lots.Text("stocks.0.marks.0")).Should().Be((null, "priceMissing"));
    }

    [Fact]
    public async Task Silent_zeros_instead_of_an_unknown_rate()
    {
        var id = await app.Portfolio(currency: "EUR");
        await app.Buy(id, await app.Stock(), "2026-01-05", "2", "50");

        var returns = (await app.Api.Get($"portfolios/{id}/returns?to=2026-01-31")).Is(200);
        var holdings = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-01-31")).Is(200);

        foreach (var figure in new[] { "total.closingValue", "total.gain", "total.simpleReturn", "measures.timeWeighted" })
            returns.Text(figure).Should().BeNull(figure);
        holdings.Text("totalValue").Should().BeNull();
        foreach (var answer in new[] { returns, holdings })
        {
            answer.Text("quality.status").Should().Be("incomplete");
            answer.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("fxRateMissing");
        }
    }

    [Fact]
    public async Task Silent_zeros_instead_of_a_return_that_does_not_exist()
    {
        var empty = (await app.Api.Get($"portfolios/{await app.Portfolio()}/returns?to=2026-01-31")).Is(200);
        var id = await app.Portfolio();
        await app.Buy(id, await app.Stock(), "2026-01-05", "2", "100");
        var young = (await app.Api.Get($"portfolios/{id}/returns?to=2026-01-31")).Is(200);

        empty.Text("total.simpleReturn").Should().BeNull();
        empty.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("noCapital");
        young.Text("measures.timeWeightedAnnualised").Should().BeNull();
        young.At("quality.reasons").EnumerateArray().Texts("code").Should().Contain("shorterThanYear");
        young.At("total.simpleReturn").GetDouble().Should().Be(0, "that one is known, and nothing");
    }

    [Fact]
    public async Task Silent_zeros_instead_of_a_dividend_in_another_currency()
    {
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-07", 100m)]);
        await stock.Dividend(app, "2026-01-07", 5, currency: "EUR");

        var answer = await app.Api.Get($"stocks/{stock.Id}/prices?from=2026-01-01&to=2026-01-31&basis=total");

        (answer.Exact("prices.0.close"), answer.Text("skippedDividends")).Should().Be((100m, "1"));
    }
}
