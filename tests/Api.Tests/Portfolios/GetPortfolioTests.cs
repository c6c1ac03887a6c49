using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Portfolios;

[Collection(LedgerApp.Name)]
public sealed class GetPortfolioTests(TestApp app)
{
    [Fact]
    public async Task Its_version_counts_the_changes_of_its_ledger()
    {
        var id = await app.Portfolio(cash: "tracked");
        var before = (await app.Api.Get($"portfolios/{id}")).Is(200).At("version").GetInt64();

        await app.Record(id, Story.Money("deposit", "2026-01-05", "100"));

        (await app.Api.Get($"portfolios/{id}")).At("version").GetInt64().Should().Be(before + 1);
    }

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}")).IsProblem(404, "portfolio.notFound");
}
