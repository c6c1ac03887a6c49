using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.MarketData;

[Collection(ToldApp.Name)]
public sealed class ListPriceCorrectionsTests(ToldApp.App app)
{
    [Fact]
    public async Task A_changed_value_leaves_a_trace_and_an_equal_one_none()
    {
        var company = app.New().Bar(3, 10).Bar(4, 20, volume: 100);
        var stock = await app.Fetch(company);
        await app.Fetch(company);
        (await app.Corrections(stock)).Should().BeEmpty();

        await app.Fetch(company.Bar(4, 20, volume: 120.5m).Bar(5, 30));
        await app.Fetch(company.Bar(3, 10.5m));

        (await app.Corrections(stock)).Should().Equal("2025-03-03 10>10.5 provider ", "2025-03-04 20>20 provider ");
        var volume = (await app.Api.All($"market-data/corrections?stockId={stock}&from=2025-03-04&to=2025-03-04", limit: 1)).Single();
        (volume.Exact("old.volume"), volume.Exact("new.volume"), volume.Text("reason")).Should().Be((100m, 120.5m, null));
        volume.Text("at").Should().StartWith("2026-06-30T");
    }

    [Theory]
    [InlineData("from=2025-03-05&to=2025-03-04", "from")]
    [InlineData("limit=0", "limit")]
    public async Task What_is_no_list_is_refused(string query, string path) =>
        (await app.Api.Get($"market-data/corrections?{query}")).IsInvalid(path);
}
