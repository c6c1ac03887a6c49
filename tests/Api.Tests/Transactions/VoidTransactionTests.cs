using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Transactions;

[Collection(LedgerApp.Name)]
public sealed class VoidTransactionTests(TestApp app)
{
    [Fact]
    public async Task A_void_entry_is_still_told_and_counts_no_more()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        await app.Buy(id, stock, "2026-01-05", "10", "100");
        var mistake = await app.Buy(id, stock, "2026-01-05", "5", "100");

        (await app.Api.Delete(mistake.Location!)).Is(204);

        (await app.Api.Get(mistake.Location!)).Is(200).Text("voidedAt").Should().EndWith("Z");
        (await app.Api.All($"portfolios/{id}/transactions")).Should().HaveCount(2);
        (await app.Api.Get($"portfolios/{id}/holdings")).Exact("holdings.0.quantity").Should().Be(10);
    }

    [Fact]
    public async Task A_purchase_that_a_later_sale_needs_stays()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        var buy = await app.Buy(id, stock, "2026-01-05", "10", "100");
        var sale = await app.Sell(id, stock, "2026-01-06", "4", "100");

        (await app.Api.Delete(buy.Location!)).IsProblem(422, "transaction.oversold");
        (await app.Api.Delete(sale.Location!)).Is(204);
        (await app.Api.Delete(buy.Location!)).Is(204);
    }

    [Fact]
    public async Task Nothing_is_void_twice_and_nothing_unknown_is_voided()
    {
        var id = await app.Portfolio(cash: "tracked");
        var entry = await app.Record(id, Story.Money("deposit", "2026-01-05", "1"));
        (await app.Api.Delete(entry.Location!)).Is(204);

        (await app.Api.Delete(entry.Location!)).IsProblem(422, "transaction.alreadyVoid");
        (await app.Api.Delete($"portfolios/{id}/transactions/{Guid.NewGuid()}")).IsProblem(404, "transaction.notFound");
        (await app.Api.Delete($"portfolios/{await app.Portfolio()}/transactions/{entry.Text("id")}")).IsProblem(
            404,
            "transaction.notFound"
        );
    }
}
