using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;
using static CleanPortfolio.Api.Tests.Imports.Files;

namespace CleanPortfolio.Api.Tests.Imports;

[Collection(LedgerApp.Name)]
public sealed class GetImportTests(TestApp app)
{
    [Fact]
    public async Task It_tells_what_became_of_the_file()
    {
        var id = await app.Portfolio(cash: "tracked");
        var made = (await app.Import(id, "source=broker&onError=skip", Header, Money("deposit", "2026-01-05", "1"), "x")).Is(201);

        var import = (await app.Api.Get(made.Location!)).Is(200).Counts(@new: 1, error: 1);

        import.Text("id").Should().Be(made.Text("importId"));
        import.Text("portfolioId").Should().Be(id);
        import.Text("source").Should().Be("broker");
        import.Text("importedAt").Should().EndWith("Z");
        import.Text("undoneAt").Should().BeNull();
    }

    [Fact]
    public async Task An_unknown_one_is_not_found()
    {
        var made = (await app.Import(await app.Portfolio(), "", Header)).Is(201);

        (await app.Api.Get($"portfolios/{await app.Portfolio()}/imports/{made.Text("importId")}")).IsProblem(404, "import.notFound");
    }
}

[Collection(LedgerApp.Name)]
public sealed class ListImportsTests(TestApp app)
{
    [Fact]
    public async Task They_come_newest_first_page_by_page()
    {
        var id = await app.Portfolio(cash: "tracked");
        foreach (var source in new[] { "a", "b", "c" })
            (await app.Import(id, $"source={source}", Header, Money("deposit", "2026-01-05", "1"))).Is(201);
        await app.Import(id, "dryRun=true", Header);

        (await app.Api.All($"portfolios/{id}/imports", limit: 2)).Texts("source").Should().Equal("c", "b", "a");
        (await app.Api.Get($"portfolios/{id}/imports?limit=0")).IsInvalid("limit");
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/imports")).IsProblem(404, "portfolio.notFound");
    }
}

[Collection(LedgerApp.Name)]
public sealed class ListImportRowsTests(TestApp app)
{
    [Fact]
    public async Task Every_row_has_its_outcome_and_its_entry()
    {
        var id = await app.Portfolio(cash: "tracked");
        await app.Import(
            id,
            "",
            Header,
            Money("deposit", "2026-01-05", "1", key: "same"),
            Money("deposit", "2026-01-05", "1", key: "changed")
        );
        var import = await app.Import(
            id,
            "onError=skip",
            Header,
            Money("deposit", "2026-01-05", "1", key: "same"),
            Money("deposit", "2026-01-05", "2", key: "changed"),
            Money("deposit", "2026-01-06", "1"),
            Money("deposit", "2026-07-01", "1"),
            Money("deposit", "today", "1")
        );

        var rows = await app.Api.All($"{import.Is(201).Location}/rows", limit: 2);

        rows.Texts("number").Should().Equal("2", "3", "4", "5", "6");
        rows.Texts("outcome").Should().Equal("same", "changed", "new", "conflict", "error");
        var entries = await app.Api.All($"portfolios/{id}/transactions");
        rows.Texts("transactionId").Should().Equal(entries[0].Text("id"), entries[1].Text("id"), entries[2].Text("id"), null, null);
        rows.Skip(3).Texts("findings.0.code").Should().Equal("transaction.futureDate", "cell.unreadable");
        (await app.Api.All($"{import.Location}/rows?outcome=error")).Texts("number").Should().Equal("6");
        (await app.Api.Get($"{import.Location}/rows?outcome=bad")).IsInvalid("outcome");
        (await app.Api.Get($"{import.Location}/rows?cursor=x")).IsInvalid("cursor");
        (await app.Api.Get($"portfolios/{id}/imports/{Guid.NewGuid()}/rows")).IsProblem(404, "import.notFound");
    }
}
