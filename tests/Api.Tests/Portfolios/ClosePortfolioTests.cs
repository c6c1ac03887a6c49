using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Portfolios;

[Collection(LedgerApp.Name)]
public sealed class ClosePortfolioTests(TestApp app)
{
    [Fact]
    public async Task An_empty_portfolio_goes()
    {
        var id = await app.Portfolio();

        (await app.Api.Delete($"portfolios/{id}")).Is(204);

        (await app.Api.Get($"portfolios/{id}")).IsProblem(404, "portfolio.notFound");
    }

    [Fact]
    public async Task One_with_entries_stays_even_if_all_are_void()
    {
        var id = await app.Portfolio(cash: "tracked");
        var entry = await app.Record(id, Story.Money("deposit", "2026-01-05", "100"));
        (await app.Api.Delete($"portfolios/{id}")).IsProblem(409, "portfolio.hasTransactions");

        (await app.Api.Delete(entry.Location!)).Is(204);

        (await app.Api.Delete($"portfolios/{id}")).IsProblem(409, "portfolio.hasTransactions");
    }
}
