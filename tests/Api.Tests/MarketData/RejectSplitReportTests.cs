using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class RejectSplitReportTests(ToldApp.App app)
{
    [Fact]
    public async Task A_rejected_split_is_not_applied_even_if_prices_show_it_or_it_is_told_under_another_id()
    {
        var company = app.New().Bar(3, 90).Bar(4, 30).Split(4, 1, 3, "A");
        var stock = await app.Fetch(company);
        await app.Fetch(company.Split(4, 1, 30, "other"));
        var ids = (await app.Conflicts(stock)).Texts("id").ToList();
        (await app.Api.Post($"market-data/split-reports/{ids[0]}/accept", new { reason = "x" })).Is(200);
        var shown = (await app.Conflicts(stock)).First(row => row.Text("providerId") == "A").Text("id");

        (await app.Api.Post($"market-data/split-reports/{shown}/reject", new { reason = "no such split" })).Is(200);
        (await app.Api.Post($"market-data/split-reports/{ids[0]}/reject", new { reason = "nor this" })).Is(200);
        await app.Fetch(company.Split(4, 1, 3, "B"));

        (await app.Splits(stock)).Should().BeEmpty();
        (await app.Conflicts(stock)).Texts("verdict").Should().AllBe("conflict").And.HaveCount(3);
    }
}
