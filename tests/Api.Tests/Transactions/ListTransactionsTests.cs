using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Transactions;

[Collection(LedgerApp.Name)]
public sealed class ListTransactionsTests(TestApp app)
{
    [Fact]
    public async Task Paging_goes_by_date_loses_none_and_tells_none_twice_though_many_share_a_day()
    {
        var id = await app.Portfolio(cash: "tracked");
        var made = new List<string?>();
        foreach (var date in new[] { "2026-01-07", "2026-01-05", "2026-01-06", "2026-01-06", "2026-01-06", "2026-01-05", "2026-01-08" })
            made.Add((await app.Record(id, Story.Money("deposit", date, "1"))).Text("id"));

        var all = await app.Api.All($"portfolios/{id}/transactions", limit: 2);

        all.Texts("id").Should().BeEquivalentTo(made).And.OnlyHaveUniqueItems();
        all.Texts("date").Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task Entries_are_found_by_stock_and_by_the_clients_own_key()
    {
        var id = await app.Portfolio(cash: "tracked");
        var stock = await app.Stock();
        var buy = await app.Buy(id, stock, "2026-01-05", "1", "100");
        var keyed = await app.Record(
            id,
            new
            {
                kind = "deposit",
                date = "2026-01-05",
                amount = "1",
                externalId = "k'1\"",
            }
        );

        var ofStock = await app.Api.All($"portfolios/{id}/transactions?stockId={stock.Id}");
        var ofKey = await app.Api.All($"portfolios/{id}/transactions?externalId={Uri.EscapeDataString("k'1\"")}");

        ofStock.Texts("id").Should().Equal(buy.Text("id"));
        ofKey.Texts("id").Should().Equal(keyed.Text("id"));
    }

    [Fact]
    public async Task An_unknown_portfolio_is_not_found() =>
        (await app.Api.Get($"portfolios/{Guid.NewGuid()}/transactions")).IsProblem(404, "portfolio.notFound");

    [Theory]
    [InlineData("stockId=7", "stockId")]
    [InlineData("limit=100000", "limit")]
    [InlineData("cursor=MjAyNi0wMS0wNQ", "cursor")]
    public async Task What_is_no_query_is_refused(string query, string path) =>
        (await app.Api.Get($"portfolios/{await app.Portfolio()}/transactions?{query}")).IsInvalid(path);
}
