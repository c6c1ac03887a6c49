using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Transactions;

[Collection(LedgerApp.Name)]
public sealed class GetTransactionTests(TestApp app)
{
    [Fact]
    public async Task An_entry_is_found_in_its_own_ledger_only()
    {
        var (mine, other) = (await app.Portfolio(), await app.Portfolio());
        var entry = await app.Record(mine, Story.Money("deposit", "2026-01-05", "100"));
        var id = entry.Text("id");

        (await app.Api.Get($"portfolios/{mine}/transactions/{id}")).Is(200).Body.Should().Be(entry.Body);
        (await app.Api.Get($"portfolios/{other}/transactions/{id}")).IsProblem(404, "transaction.notFound");
        (await app.Api.Get($"portfolios/{mine}/transactions/{Guid.NewGuid()}")).IsProblem(404, "transaction.notFound");
    }
}
