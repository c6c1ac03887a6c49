using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class ListDividendCorrectionsTests(ToldApp.App app)
{
    [Fact]
    public async Task An_amount_or_a_day_that_changes_leaves_a_trace()
    {
        // AAPL of August 2020 was told as 0.205 instead of 0.82.
        var company = app.New().Bar(3, 10).Dividend(6, 0.205m, "E1").Dividend(7, 1, "E2");
        var stock = await app.Fetch(company);
        await app.Fetch(company);
        (await app.Api.All($"market-data/dividend-corrections?stockId={stock}")).Should().BeEmpty();

        company.Dividends.Clear();
        await app.Fetch(company.Dividend(6, 0.82m, "E1").Dividend(10, 1, "E2"));

        var rows = await app.Api.All($"market-data/dividend-corrections?stockId={stock}", limit: 1);
        rows.Select(row => $"{row.Text("oldExDate")} {row.Text("oldAmount")} > {row.Text("newExDate")} {row.Text("newAmount")}")
            .Should()
            .BeEquivalentTo("2025-03-06 0.205 > 2025-03-06 0.82", "2025-03-07 1 > 2025-03-10 1");
    }

    [Fact]
    public async Task What_is_no_list_is_refused() => (await app.Api.Get("market-data/dividend-corrections?limit=0")).IsInvalid("limit");
}
