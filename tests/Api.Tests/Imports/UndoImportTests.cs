using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using static CleanPortfolio.Api.Tests.Imports.Files;

namespace CleanPortfolio.Api.Tests.Imports;

[Collection(LedgerApp.Name)]
public sealed class UndoImportTests(TestApp app)
{
    [Fact]
    public async Task An_import_is_undone_as_a_whole_and_may_come_again()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        string[] lines = [Header, Buy(stock, "2026-01-05", "10", "100", key: "k"), Sell(stock, "2026-01-06", "4", "100")];
        await app.Buy(id, stock, "2026-01-05", "1", "100");
        var import = (await app.Import(id, "", lines)).Is(201);

        (await app.Api.Delete(import.Location!)).Is(204);

        (await app.Entries(id)).Should().Be(1);
        (await app.Api.All($"portfolios/{id}/transactions")).Should().HaveCount(3);
        (await app.Api.Get(import.Location!)).Text("undoneAt").Should().EndWith("Z");
        (await app.Api.Get($"portfolios/{id}/holdings")).Exact("holdings.0.quantity").Should().Be(1);
        (await app.Import(id, "", lines)).Is(201).Counts(@new: 2);
        (await app.Entries(id)).Should().Be(3);
    }

    [Fact]
    public async Task An_import_whose_shares_were_sold_since_stays_as_a_whole()
    {
        var id = await app.Portfolio();
        var stock = await app.Stock();
        var import = (await app.Import(id, "", Header, Buy(stock, "2026-01-05", "10", "100"), Buy(stock, "2026-01-07", "1", "100"))).Is(
            201
        );
        var sale = await app.Sell(id, stock, "2026-01-06", "4", "100");

        (await app.Api.Delete(import.Location!)).IsProblem(422, "transaction.oversold");
        (await app.Entries(id)).Should().Be(3);
        (await app.Api.Get(import.Location!)).Text("undoneAt").Should().BeNull();

        (await app.Api.Delete(sale.Location!)).Is(204);
        (await app.Api.Delete(import.Location!)).Is(204);
    }

    [Fact]
    public async Task Nothing_is_undone_twice_and_nothing_unknown_is_undone()
    {
        var id = await app.Portfolio(cash: "tracked");
        var import = (await app.Import(id, "", Header, Money("deposit", "2026-01-05", "1"), Money("deposit", "2026-01-06", "1"))).Is(201);
        var one = (await app.Api.All($"portfolios/{id}/transactions"))[0].Text("id");
        (await app.Api.Delete($"portfolios/{id}/transactions/{one}")).Is(204);
        (await app.Api.Delete(import.Location!)).Is(204);

        (await app.Api.Delete(import.Location!)).IsProblem(422, "import.alreadyUndone");
        (await app.Api.Delete($"portfolios/{id}/imports/{Guid.NewGuid()}")).IsProblem(404, "import.notFound");
        (await app.Api.Delete($"portfolios/{await app.Portfolio()}/imports/{import.Text("importId")}")).IsProblem(404, "import.notFound");
    }
}
