using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: the past is converted at today's rate. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(LedgerApp.Name)]
public sealed class ForeignMoney(TestApp app)
{
    // 10 x 100 KZT: 10 USD at 0.01 when bought and on the day after, 20 USD at 0.02 two weeks later, 10 of it by the rate.
    [Fact]
    public async Task FX_at_todays_rate()
    {
        await app.Store(("KZT", "USD", "2026-01-05", "0.01"), ("KZT", "USD", "2026-01-20", "0.02"));
        var id = await app.Portfolio();
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-01-20", 100m)], currency: "KZT");
        (
            await app.Api.Post(
                $"portfolios/{id}/transactions",
                $$"""{"kind":"buy","date":"2026-01-05","stockId":"{{stock.Id}}","quantity":"10","unitPrice":"100","currency":"KZT"}"""
            )
        ).Is(201);

        var early = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-01-06")).Is(200);
        var late = (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-01-20")).Is(200);
        var returns = (await app.Api.Get($"portfolios/{id}/returns?to=2026-01-20")).Is(200);

        (early.Exact("totalValue"), early.Exact("holdings.0.cost")).Should().Be((10m, 10m));
        (late.Exact("totalValue"), late.Exact("holdings.0.cost")).Should().Be((20m, 10m));
        (returns.Exact("total.gain"), returns.Exact("total.parts.fx")).Should().Be((10m, 10m));
    }
}
